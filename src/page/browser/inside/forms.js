// What a form sends, by the HTML standard's "form submission algorithm".

/** @import {Header} from "../../shared/messages.js" */
/** @import {Asked} from "../bridge.js" */

/**
 * The request that a form makes; null where it makes none.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {URL} page the page's address
 * @returns {Promise<Asked | null>}
 */
export async function requestOf(form, submitter, page) {
  /** An attribute of the button that was pressed, or else of the form. @param {string} name */
  const attribute = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const method = attribute("method").toUpperCase();
  if (method === "DIALOG") return null;
  const entries = new FormData(form, submitter);
  const url = attribute("action") ? new URL(attribute("action"), document.baseURI) : new URL(page);
  if (method !== "POST") {
    url.search = String(new URLSearchParams(pairs(entries)));
    return { method: "GET", url: url.href, headers: [], body: null };
  }
  const { type, body } = await encode(entries, attribute("enctype").toLowerCase());
  return { method, url: url.href, headers: [["Content-Type", type]], body };
}

/** @param {FormData} entries @param {string} enctype */
async function encode(entries, enctype) {
  if (enctype === "multipart/form-data") {
    const made = new Response(entries);
    return { type: made.headers.get("content-type") ?? "", body: new Uint8Array(await made.arrayBuffer()) };
  }
  const plain = enctype === "text/plain";
  const text = plain ? pairs(entries).map(([name, value]) => `${name}=${value}\r\n`).join("") : String(new URLSearchParams(pairs(entries)));
  return { type: plain ? enctype : "application/x-www-form-urlencoded", body: new TextEncoder().encode(text) };
}

/** Names and values; of a file its name. @param {FormData} entries @returns {Header[]} */
const pairs = (entries) => [...entries].map(([name, value]) => [newlines(name), newlines(value instanceof File ? value.name : value)]);

/** @param {string} text */
const newlines = (text) => text.replace(/\r\n|\r|\n/g, "\r\n");
