// Makes DOM nodes, so that a view's code reads as an outline of what it shows.

let made = 0;

/** An id that no other element on the page has. @param {string} name */
export const uniqueId = (name) => `runnable-${name}-${++made}`;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes] functions become listeners ("click": …), booleans are set or left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * @param {string} label
 * @param {(event: MouseEvent) => void} onClick
 * @param {Record<string, any>} [attributes]
 */
export const button = (label, onClick, attributes = {}) =>
  h("button", { type: "button", class: "runnable-button", click: onClick, ...attributes }, label);

/**
 * A field with its label around it.
 *
 * @param {string} label
 * @param {HTMLElement} field
 */
export const labelled = (label, field) =>
  h("label", { class: "runnable-field" }, h("span", {}, label), field);
