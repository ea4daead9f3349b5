// Fetches the search's index when a reader turns to the search: it is a third of a page, and Material asks at once.
//
// Runs before Material's script, which asks by an XMLHttpRequest and waits for the answer however long it takes. Should
// another version ask in another way, the index comes at once again, and tests/page/test_weight.py says so.

const INDEX = /\/search\/search_index\.json$/;
const SEARCH = "[data-md-component=search], [data-md-toggle=search]";

/** Settled when the reader turns to the search, or comes by a link of its results. */
const wanted = new Promise((resolve) => {
  if (/[?&][qh]=/.test(location.search)) resolve(null);
  for (const type of ["focusin", "change"])
    document.addEventListener(type, ({ target }) => {
      if (target instanceof Element && target.closest(SEARCH)) resolve(null);
    });
});

const original = XMLHttpRequest.prototype.open;

/** @param {any} rest method, address, and what else a caller says */
XMLHttpRequest.prototype.open = function (...rest) {
  // @ts-ignore: one signature of two; all is handed on as it came
  original.apply(this, rest);
  const [, url] = rest;
  if (!INDEX.test(String(url))) return;
  const send = this.send.bind(this);
  this.send = () => void wanted.then(() => send());
};

export {};
