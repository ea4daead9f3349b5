// Elements that load something: what they name is loaded through the view, in the page as it comes and in what scripts add.

/** @import {Resources} from "./resources.js" */

/** Which attributes of which elements name what is loaded with a page. */
const LOADING = /** @type {const} */ ([
  ["link[rel~=stylesheet i]", "href"],
  ["script", "src"],
  ["img, source, video, audio, track, input[type=image i]", "src"],
  ["img, source", "srcset"],
  ["video", "poster"],
  ["image", "href"],
]);
const SELECTOR = LOADING.map(([selector]) => selector).join(", ");
/** What only makes a browser faster, or is shown outside of the page. */
const SUPERFLUOUS = "link:is([rel~=preload i], [rel~=modulepreload i], [rel~=prefetch i], [rel~=preconnect i], [rel~=dns-prefetch i], [rel~=icon i], [rel~=manifest i])";

/**
 * Loads what the elements of a document that is not shown yet name.
 *
 * @param {Document} inert
 * @param {string} base its address
 * @param {Resources} resources
 */
export async function loadAll(inert, base, resources) {
  for (const each of inert.querySelectorAll(SUPERFLUOUS)) each.remove();
  const seen = [...inert.querySelectorAll(`${SELECTOR}, style, [style]`)].filter((each) => !each.closest("noscript"));
  await Promise.all(
    seen.map(async (element) => {
      await Promise.all(loadingOf(element).map((name) => loadInto(element, name, resources, base)));
      if (element instanceof HTMLStyleElement) element.textContent = await resources.css(element.textContent, base);
      const style = element.getAttribute("style");
      if (style?.includes("url(")) element.setAttribute("style", await resources.css(style, base));
    }),
  );
}

/** Which of its attributes name something that is to be loaded. @param {Element} element */
function loadingOf(element) {
  return LOADING.filter(([selector, name]) => element.matches(selector) && element.getAttribute(name)).map(([, name]) => name);
}

/** The browser's own, which the shims below stand in front of. */
const { setAttribute } = Element.prototype;

/** @param {Element} element @param {string} name @param {Resources} resources @param {string} [base] */
async function loadInto(element, name, resources, base) {
  const given = element.getAttribute(name) ?? "";
  const loaded = name === "srcset" ? await resources.srcset(given, base) : await resources.load(given, base);
  if (loaded !== given) setAttribute.call(element, name, loaded);
}

/**
 * Loads what scripts give to elements: by property, by attribute, or as HTML.
 *
 * @param {Resources} resources
 */
export function shimElements(resources) {
  /** The address that a script gave last; a slower one before it does not count. @type {WeakMap<Element, Record<string, string>>} */
  const given = new WeakMap();
  /** @param {Element} element @param {string} name @param {string} value */
  const load = async (element, name, value) => {
    const names = given.get(element) ?? {};
    given.set(element, { ...names, [name]: value });
    const loaded = name === "srcset" ? await resources.srcset(value) : await resources.load(value);
    if (given.get(element)?.[name] === value) setAttribute.call(element, name, loaded);
  };
  for (const [type, name] of /** @type {const} */ ([
    [HTMLImageElement, "src"],
    [HTMLImageElement, "srcset"],
    [HTMLScriptElement, "src"],
    [HTMLLinkElement, "href"],
    [HTMLMediaElement, "src"],
    [HTMLInputElement, "src"],
  ])) {
    const own = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(type.prototype, name));
    Object.defineProperty(type.prototype, name, {
      ...own,
      get() {
        const value = given.get(this)?.[name];
        return value === undefined || name === "srcset" ? own.get?.call(this) : new URL(value, document.baseURI).href;
      },
      set(value) {
        void load(this, name, String(value));
      },
    });
  }
  Element.prototype.setAttribute = function (name, value) {
    // A link's kind may come after its address: then the observer sees it.
    if (LOADING.some(([selector, attribute]) => attribute === name && this.matches(selector))) return void load(this, name, String(value));
    return setAttribute.call(this, name, value);
  };
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const element of [node, ...node.querySelectorAll(SELECTOR)])
          for (const name of loadingOf(element)) if (resources.isOutside(element.getAttribute(name) ?? "")) void loadInto(element, name, resources);
      }
  });
  observer.observe(document, { childList: true, subtree: true });
}
