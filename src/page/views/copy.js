// A button that copies a text, and a word on whether it did.

import { button, h } from "./dom.js";

/** @param {() => string} text @param {string} [label] */
export function copying(text, label = "Copy") {
  const said = h("span", { "aria-live": "polite", class: "runnable-said" });
  const copy = button(label, async () => {
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = "Copied";
    } catch {
      said.textContent = "Not copied: the browser does not let the page do it.";
    }
  });
  return [said, copy];
}
