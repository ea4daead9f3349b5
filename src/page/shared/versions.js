// What a reader is told whose page is of an earlier version of the site, so that a part of it is gone or does not fit.

export const RELOAD = "The site may have changed since you opened this page: reload it.";
