// The bar above the editor: the file's name, the keys, and Copy and Download, by which a reader takes an edit away.

import { copying } from "./copy.js";
import { button, h } from "./dom.js";

/** @import {Draft} from "../server/draft.js" */

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";

export class FileBar {
  #draft;
  element;

  /** @param {Draft} draft */
  constructor(draft) {
    this.#draft = draft;
    this.element = h(
      "div",
      { class: "runnable-file" },
      h("span", { class: "runnable-file-name" }, this.#name),
      h("span", {}, `${MODIFIER}-Enter runs it, Esc leaves the editor`),
      ...copying(() => draft.source),
      button("Download", () => this.#download()),
    );
  }

  get #name() {
    return this.#draft.example.slice(this.#draft.example.lastIndexOf("/") + 1);
  }

  #download() {
    const url = URL.createObjectURL(new Blob([this.#draft.source], { type: "text/x-python" }));
    h("a", { href: url, download: this.#name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000); // The download begins after the click.
  }
}
