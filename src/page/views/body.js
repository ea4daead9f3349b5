// Turns a response's body into something that a person can read.

/** @import {Header} from "../shared/messages.js" */

/** More than this is not shown: a page with a megabyte of text in it is slow, and nobody reads it. */
export const SHOWN_BYTES = 100_000;
const SHOWN_HEX_BYTES = 256;

/**
 * How to show a body, by its Content-Type.
 *
 * @param {Header[]} headers
 * @returns {{kind: "json" | "text" | "binary", charset: string}}
 */
export function bodyKind(headers) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1].toLowerCase() ?? "";
  const charset = /charset="?([\w-]+)/.exec(type)?.[1] ?? "utf-8";
  if (/^application\/(.+\+)?json/.test(type)) return { kind: "json", charset };
  const text = !type || /^text\/|^application\/(.+\+)?(xml|javascript|x-www-form-urlencoded|x-ndjson)/.test(type);
  return { kind: text ? "text" : "binary", charset };
}

/**
 * A decoder for text that comes in pieces; an unknown charset is read as UTF-8.
 *
 * @param {string} charset
 */
export function decoder(charset) {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/**
 * Indents JSON and changes nothing else: numbers, escapes, repeated and ordered keys stay as they were sent.
 *
 * @param {string} text
 * @returns {string | null} null where it is not JSON
 */
export function prettyJson(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return tokens
    .map((token) => {
      if (token === "{" || token === "[") return depth++, token + line();
      if (token === "}" || token === "]") return depth--, line() + token;
      if (token === ",") return token + line();
      return token === ":" ? ": " : token;
    })
    .join("");
}

/**
 * The first bytes in rows of sixteen: offset, hexadecimal, ASCII.
 *
 * @param {Uint8Array} bytes
 */
export function hexDump(bytes) {
  const rows = [];
  for (let at = 0; at < Math.min(bytes.length, SHOWN_HEX_BYTES); at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const ascii = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    rows.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return rows.join("\n") + (bytes.length > SHOWN_HEX_BYTES ? "\n…" : "");
}

/** A page's text, for where a page is no more than an error's decoration. @param {string} html */
export function textOfHtml(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html"); // Runs nothing, fetches nothing.
  for (const each of body.querySelectorAll("script, style")) each.remove();
  return (body.textContent ?? "").replace(/\n\s*\n/g, "\n").trim();
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}
