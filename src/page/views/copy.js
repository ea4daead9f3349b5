// A button that copies a text, and a word on whether it did.

import { button, h } from "./dom.js";

/** @param {() => string} text */
export function copying(text) {
  const said = h("span", { "aria-live": "polite", class: "runnable-said" });
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = "Copied";
    } catch {
      said.textContent = "Not copied: the browser does not let the page do it.";
    }
  });
  return [said, copy];
}
