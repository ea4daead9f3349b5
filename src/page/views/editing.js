// The source that runs: as published, or as the reader edited it; opens the editor, keeps the edit, takes it back.

import { RELOAD } from "../shared/versions.js";
import { button, h } from "./dom.js";
import { loadEdit, saveEdit } from "../server/storage.js";

/** @typedef {import("../editor/editor.js").Editor} Editor */

export class Editing {
  #example;
  #published;
  #block;
  #source;
  #onChange;
  #onRun;
  /** @type {Editor | null} */
  #editor = null;
  /** While the editor is open or on its way: its code. @type {Promise<typeof import("../editor/editor.js")> | null} */
  #opening = null;
  #place = h("div", { class: "runnable-editor", hidden: true });
  #notice = h("div", { class: "runnable-notice", role: "status", hidden: true });
  element = h("div", {}, this.#place, this.#notice);

  /**
   * @param {object} options
   * @param {string} options.example its path, the name under which the edit is kept
   * @param {string} options.published
   * @param {HTMLElement | null} options.block what shows the published source
   * @param {() => void} options.onChange the source or the editor's being open changed
   * @param {() => void} options.onRun
   */
  constructor({ example, published, block, onChange, onRun }) {
    this.#example = example;
    this.#published = published;
    this.#source = published;
    this.#block = block;
    this.#onChange = onChange;
    this.#onRun = onRun;
  }

  /** Brings back what was edited before, or says that it was an edit of an earlier version. */
  restore() {
    const edit = loadEdit(this.#example, this.#published);
    if (!edit) return;
    if (!edit.outdated) this.source = edit.source;
    else
      this.#tell("You edited an earlier version of this example.", {
        "Use my edit": () => (this.source = edit.source),
        "Forget it": () => saveEdit(this.#example, this.#published, this.#published),
      });
  }

  get source() {
    return this.#source;
  }

  /** @param {string} source */
  set source(source) {
    this.#changed(source);
    if (this.#editor) this.#editor.value = source;
    else if (this.edited) void this.open();
  }

  get edited() {
    return this.#source !== this.#published;
  }

  get isOpen() {
    return !this.#place.hidden;
  }

  /** Puts the editor in the code block's place. */
  async open() {
    const opening = (this.#opening ??= import("../editor/editor.js"));
    try {
      const { createEditor } = await opening;
      if (this.#opening !== opening) return; // Closed meanwhile.
      this.#editor ??= createEditor({
        parent: this.#place,
        doc: this.#source,
        label: `Source of ${this.#example}`,
        onChange: (source) => this.#changed(source),
        onRun: () => this.#onRun(),
      });
    } catch (error) {
      console.error(error);
      this.#opening = null;
      this.#tell(`The editor could not be loaded. ${RELOAD}`, { "Try again": () => this.open() });
      return;
    }
    this.#show(true);
  }

  toggle() {
    if (this.isOpen) this.close();
    else void this.open().then(() => this.#editor?.focus());
  }

  close() {
    this.#show(false);
    this.#editor?.destroy();
    this.#editor = this.#opening = null;
  }

  /** Goes back to the published source; the edit can be had back until the next change. */
  reset() {
    const edit = this.#source;
    this.#changed(this.#published);
    this.close();
    this.#tell("The published source is back.", { "Undo reset": () => (this.source = edit) });
  }

  /** @param {boolean} open */
  #show(open) {
    this.#place.hidden = !open;
    if (this.#block) this.#block.hidden = open;
    this.#onChange();
  }

  /** @param {string} source */
  #changed(source) {
    if (source === this.#source) return;
    this.#source = source;
    this.#notice.hidden = true;
    saveEdit(this.#example, this.#published, source);
    this.#onChange();
  }

  /**
   * @param {string} text
   * @param {Record<string, () => void>} choices
   */
  #tell(text, choices) {
    const buttons = Object.entries(choices).map(([label, act]) =>
      button(label, () => {
        this.#notice.hidden = true;
        act();
      }),
    );
    this.#notice.replaceChildren(text, " ", ...buttons);
    this.#notice.hidden = false;
  }
}
