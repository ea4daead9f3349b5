// The editor in the place of the code block, and notices of what became of an edit.

import { RELOAD } from "../shared/versions.js";
import { button, h } from "./dom.js";
import { Emitter } from "../server/emitter.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @typedef {import("../editor/editor.js").Editor} Editor */

/** @extends {Emitter<{toggle: boolean}>} */
export class Editing extends Emitter {
  #server;
  #draft;
  #block;
  /** @type {Editor | null} */
  #editor = null;
  /** While the editor is open or on its way: its code. @type {Promise<typeof import("../editor/editor.js")> | null} */
  #opening = null;
  #place = h("div", { class: "runnable-editor", hidden: true });
  #notice = h("div", { class: "runnable-notice", role: "status", hidden: true });
  element = h("div", {}, this.#place, this.#notice);

  /**
   * @param {ExampleServer} server
   * @param {HTMLElement | null} block what shows the published source
   */
  constructor(server, block) {
    super();
    this.#server = server;
    this.#draft = server.draft;
    this.#block = block;
    this.#draft.on("source", (source) => this.#showSource(source));
    if (this.#draft.edited) void this.open();
    const { outdated } = this.#draft;
    if (outdated === null) return;
    this.#notify("You edited an earlier version of this example.", {
      "Use my edit": () => (this.#draft.source = outdated),
      "Forget it": () => this.#draft.forgetOutdated(),
    });
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
        doc: this.#draft.source,
        label: `Source of ${this.#server.example}`,
        onChange: (source) => (this.#draft.source = source),
        onRun: () => void this.#server.runAndSend(),
      });
    } catch (error) {
      console.error(error);
      this.#opening = null;
      this.#notify(`The editor could not be loaded. ${RELOAD}`, { "Try again": () => this.open() });
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
    const edit = this.#draft.source;
    this.#draft.source = this.#draft.published;
    this.close();
    this.#notify("The published source is back.", { "Undo reset": () => (this.#draft.source = edit) });
  }

  /** @param {boolean} open */
  #show(open) {
    this.#place.hidden = !open;
    if (this.#block) this.#block.hidden = open;
    this.emit("toggle", open);
  }

  /** @param {string} source */
  #showSource(source) {
    this.#notice.hidden = true;
    if (!this.#editor) {
      if (this.#draft.edited) void this.open();
    } else if (this.#editor.value !== source) this.#editor.value = source;
  }

  /**
   * @param {string} text
   * @param {Record<string, () => void>} choices
   */
  #notify(text, choices) {
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
