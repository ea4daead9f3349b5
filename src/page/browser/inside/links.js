// Links, forms, windows and history of a page that the view shows: each leads to the application's next page in the view.

import { requestOf } from "./forms.js";

/** @import {Page} from "./page.js" */

/** Puts the view's ways in place of the browser's. @param {Page} page */
export function shimNavigation(page) {
  window.open = (address) => {
    if (address) goTo(page, page.resolve(address));
    return null;
  };
  HTMLFormElement.prototype.submit = function () {
    void submit(page, this, null);
  };
  shimHistory(page);
  const { open } = Document.prototype;
  // It takes the listeners away.
  Object.assign(document, {
    open: () => {
      Reflect.apply(open, document, []);
      listen(page);
      return document;
    },
  });
}

/** Listens to a document that was just opened. @param {Page} page */
function listen(page) {
  // Last, on the window: what the page's own scripts have prevented stays so.
  addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link || event.defaultPrevented || event.button > 0) return;
    const url = page.resolve(link);
    if (url.protocol === "javascript:") return;
    event.preventDefault();
    goTo(page, url);
  });
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    const submitter = event.submitter;
    if ((submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "").toLowerCase() === "dialog") return;
    event.preventDefault();
    void submit(page, form, submitter);
  });
  addEventListener("load", () => page.post({ type: "shown" }));
  addEventListener("pagehide", () => page.post({ type: "left" }));
}

/** @param {Event} event */
function linkOf(event) {
  const path = event.composedPath();
  const link = path.find((each) => each instanceof Element && each.matches("a[href], area[href], a"));
  return link instanceof Element ? (link.getAttribute("href") ?? link.getAttribute("xlink:href")) : null;
}

/** @param {Page} page @param {URL} url */
function goTo(page, url) {
  const fragment = url.hash && url.href.replace(url.hash, "") === page.url.href.replace(page.url.hash, "");
  if (fragment) return scrollTo(page, url);
  page.navigate({ method: "GET", url: url.href, headers: [], body: null });
}

/** @param {Page} page @param {URL} url */
function scrollTo(page, url) {
  const before = page.url.href;
  page.url = url;
  page.post({ type: "history", url: url.href, push: before !== url.href, state: null });
  showFragment(url);
  dispatchEvent(new HashChangeEvent("hashchange", { oldURL: before, newURL: url.href }));
}

/** Brings the place that an address names into view. @param {URL} url */
export function showFragment({ hash }) {
  const name = decodeURIComponent(hash.slice(1));
  const target = document.getElementById(name) ?? document.getElementsByName(name)[0];
  if (target) target.scrollIntoView();
  else if (!name || name === "top") document.documentElement.scrollIntoView();
}

/** @param {Page} page @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function submit(page, form, submitter) {
  const request = await requestOf(form, submitter, page.url);
  if (request) page.navigate(request);
}

/** @param {Page} page */
function shimHistory(page) {
  /** @param {boolean} push */
  const change = (push) => (/** @type {unknown} */ state, /** @type {string} */ _title, /** @type {string | URL | null} */ address) => {
    const url = address === null || address === undefined ? page.url : page.resolve(address);
    if (url.origin !== page.url.origin) throw new DOMException("Another origin's address is no state of this page.", "SecurityError");
    page.post({ type: "history", url: url.href, push, state });
    page.url = url;
    page.state = state;
  };
  /** @param {number} by */
  const traverse = (by) => page.post({ type: "traverse", by });
  const shims = {
    pushState: change(true),
    replaceState: change(false),
    back: () => traverse(-1),
    forward: () => traverse(1),
    go: (by = 0) => traverse(by),
  };
  for (const [name, value] of Object.entries(shims)) Object.defineProperty(history, name, { configurable: true, value });
  Object.defineProperty(history, "state", { configurable: true, get: () => page.state });
  page.onPopState = (url) => {
    showFragment(url);
    dispatchEvent(new PopStateEvent("popstate", { state: page.state }));
  };
}
