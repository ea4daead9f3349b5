// Writes an answer into the frame as a browser would show it: HTML with all that it loads, text, or an image.

import { loadAll } from "./elements.js";
import { showFragment } from "./links.js";

/** @import {Show} from "../bridge.js" */
/** @import {Page} from "./page.js" */
/** @import {Resources} from "./resources.js" */

const PLAIN = '<!doctype html><meta name="color-scheme" content="light dark"><style>body{margin:.5rem} pre{white-space:pre-wrap; overflow-wrap:anywhere}</style>';

/** @param {Page} page @param {Show} show @param {Resources} resources */
export async function writeDocument(page, { headers, body, url }, resources) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const html = await htmlOf(page, type, body, url, resources);
  document.open();
  document.write(html);
  document.close();
  if (page.url.hash) showFragment(page.url);
}

/**
 * @param {Page} page
 * @param {string} type
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {string} url
 * @param {Resources} resources
 */
async function htmlOf(page, type, body, url, resources) {
  if (/^(text\/html|application\/xhtml\+xml)/i.test(type)) return prepared(page, decode(type, body), url, resources);
  const shown = document.implementation.createHTMLDocument();
  if (/^image\//i.test(type)) {
    const image = shown.createElement("img");
    image.setAttribute("src", URL.createObjectURL(new Blob([body], { type })));
    image.alt = "";
    return PLAIN + image.outerHTML;
  }
  const pre = shown.createElement("pre");
  const isText = !type || /^text\/|^application\/(.+\+)?(json|xml|javascript)/i.test(type);
  pre.textContent = isText ? decode(type, body) : `${body.length} bytes of ${type}, which this view does not show.`;
  return PLAIN + pre.outerHTML;
}

/** @param {string} type @param {Uint8Array<ArrayBuffer>} body */
function decode(type, body) {
  const start = new TextDecoder("latin1").decode(body.subarray(0, 1024));
  const charset = /charset=["']?([\w-]+)/i.exec(type)?.[1] ?? /<meta[^>]+charset=["']?([\w-]+)/i.exec(start)?.[1];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/**
 * The page's HTML, with its address as its base, and with all that it loads.
 *
 * @param {Page} page
 * @param {string} text
 * @param {string} url
 * @param {Resources} resources
 */
async function prepared(page, text, url, resources) {
  const inert = new DOMParser().parseFromString(text, "text/html"); // Runs nothing, fetches nothing.
  const own = inert.querySelector("base[href]");
  const base = inert.createElement("base");
  base.href = own && URL.canParse(own.getAttribute("href") ?? "", url) ? new URL(own.getAttribute("href") ?? "", url).href : url;
  own?.remove();
  inert.head.prepend(base);
  // The frame has a policy, which knows that everything comes by the bridge; the page's own does not.
  for (const each of inert.querySelectorAll("meta[http-equiv=content-security-policy i]")) each.remove();
  for (const each of inert.querySelectorAll("meta[http-equiv=refresh i]")) {
    const [, seconds, address] = /^\s*([\d.]+)(?:[\s,;]*(?:url\s*=\s*)?["']?([^"']*))?/i.exec(each.getAttribute("content") ?? "") ?? [];
    each.remove();
    const target = new URL(address || url, base.href).href;
    if (seconds) setTimeout(() => page.navigate({ method: "GET", url: target, headers: [], body: null }), 1000 * Number(seconds));
  }
  // A frame of another origin may not take the focus, and a reader has just pressed a tab.
  for (const each of inert.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
  await loadAll(inert, base.href, resources);
  return (inert.doctype ? new XMLSerializer().serializeToString(inert.doctype) : "") + inert.documentElement.outerHTML;
}
