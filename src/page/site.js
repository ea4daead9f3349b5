// Where the site is: the bundled scripts lie in its folder assets/page/, so that it works below any path.

/** The site's absolute URL, with a slash at its end. */
export const SITE = new URL("../../", import.meta.url).href;
