// Recorded values, as Python would write them: for text nodes only.

/** @import {Special, Value} from "../shared/recording.js" */

/** @param {Value} value @returns {value is Special} */
export const isSpecial = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a dictionary holds: pairs of key and value; of any other value, nothing. @param {Value} value @returns {[Value, Value][]} */
export function itemsOf(value) {
  if (!isSpecial(value) || value.type !== "dict" || !Array.isArray(value.items)) return [];
  return /** @type {[Value, Value][]} */ (value.items.filter((pair) => Array.isArray(pair) && pair.length === 2));
}

/** @param {Value} value @param {string} key */
export const at = (value, key) => itemsOf(value).find(([name]) => name === key)?.[1];

/** The items of a list or tuple; of any other value, nothing. @param {Value | undefined} value @returns {Value[]} */
export function listOf(value) {
  if (Array.isArray(value)) return value;
  const sequence = value !== undefined && isSpecial(value) && (value.type === "tuple" || value.type === "list");
  return sequence && Array.isArray(value.items) ? value.items : [];
}

/** The text of a string or of bytes, as far as it was kept. @param {Value | undefined} value @returns {string | null} */
export function textOf(value) {
  if (typeof value === "string") return value;
  const text = value !== undefined && isSpecial(value) && ["str", "bytes"].includes(value.type) ? value.text : null;
  return typeof text === "string" ? text : null;
}

/** How many bytes a value has; null where it is no bytes. @param {Value | undefined} value */
export function byteCount(value) {
  if (value === undefined || !isSpecial(value) || value.type !== "bytes") return null;
  return value.size ?? String(value.text ?? "").length;
}

/** @param {Value} value */
export const isText = (value) => typeof value === "string" || (isSpecial(value) && value.type === "str");

/**
 * @param {Value | undefined} value
 * @param {string} [indent] where an outer value stands
 * @returns {string}
 */
export function repr(value, indent = "") {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value, "");
  if (Array.isArray(value)) return sequence("[", value, "]", indent);
  const { type, items = [], size } = value;
  const text = String(value.text ?? "");
  const rest = (/** @type {number} */ shown) => (size !== undefined && size > shown ? size - shown : 0);
  switch (type) {
    case "bytes":
      return size === undefined ? quoted(text, "b") : `${quoted(text, "b")} … <${size} bytes>`;
    case "str":
      return size === undefined ? quoted(text, "") : `${quoted(text, "")} … <${size} characters>`;
    case "tuple":
      return sequence("(", items, items.length === 1 ? ",)" : ")", indent, rest(items.length));
    case "list":
      return sequence("[", items, "]", indent, rest(items.length));
    case "dict":
      return dictionary(itemsOf(value), indent, rest(items.length));
    default:
      return `<${text}>`;
  }
}

/**
 * @param {string} open
 * @param {Value[]} items
 * @param {string} close
 * @param {string} indent
 * @param {number} [more]
 */
function sequence(open, items, close, indent, more = 0) {
  const inner = `${indent}    `;
  const parts = items.map((item) => repr(item, inner));
  if (more) parts.push(`… ${more} more`);
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length <= 72 && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
}

/** @param {[Value, Value][]} pairs @param {string} indent @param {number} more */
function dictionary(pairs, indent, more) {
  const inner = `${indent}    `;
  const parts = pairs.map(([key, item]) => `${repr(key)}: ${repr(item, inner)}`);
  if (more) parts.push(`… ${more} more`);
  const line = `{${parts.join(", ")}}`;
  if (line.length <= 60 && !line.includes("\n")) return line;
  return `{\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}}`;
}

/** @type {Record<string, string>} */
const ESCAPES = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** @param {string} text @param {string} prefix `b` for bytes, whose characters are their numbers */
export function quoted(text, prefix) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const shown = text.replace(/[\\\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|[^\x20-\x7e]/gu, (character) => {
    if (ESCAPES[character]) return ESCAPES[character];
    const code = character.codePointAt(0) ?? 0;
    if (prefix || code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
    // What turns the direction of text, or cannot be seen, is told by its number.
    return /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(character) ? `\\u${code.toString(16).padStart(4, "0")}` : character;
  });
  return `${prefix}${quote}${quote === "'" ? shown.replaceAll("'", "\\'") : shown}${quote}`;
}
