// The editor in the place of the code block, and notices of what became of an edit.

import { RELOAD } from "../shared/versions.js";
import { watchClicks } from "./code-clicks.js";
import { h } from "./dom.js";
import { Emitter } from "../server/emitter.js";
import { FileBar } from "./file-bar.js";
import { Notice } from "./notice.js";
import { watchEdits } from "../server/storage.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @typedef {import("../editor/editor.js").Editor} Editor */

/** Events: `toggle`, the editor has opened or closed; `leave`, the reader leaves it by Escape. @extends {Emitter<{toggle: boolean, leave: null}>} */
export class Editing extends Emitter {
  #server;
  #draft;
  #block;
  /** @type {Editor | null} */
  #editor = null;
  /** While the editor is open or on its way: its code. @type {Promise<typeof import("../editor/editor.js")> | null} */
  #opening = null;
  #text = h("div");
  #place = h("div", { class: "runnable-editor", hidden: true });
  #notice = new Notice();
  /** What another tab has done with the example, and whether edits are kept: it stays while the reader types. */
  #warning = new Notice();
  element = h("div", {}, this.#place, this.#notice.element, this.#warning.element);

  /**
   * @param {ExampleServer} server
   * @param {HTMLElement | null} block what shows the published source
   */
  constructor(server, block) {
    super();
    this.#server = server;
    this.#draft = server.draft;
    this.#block = block;
    this.#place.append(new FileBar(server.draft).element, this.#text);
    if (block) watchClicks(block, (offset) => this.edit(offset));
    this.#draft.on("source", (source) => this.#showSource(source));
    if (this.#draft.edited) void this.open();
    const stop = watchEdits(server.example, () => (this.element.isConnected ? this.#showOtherTab() : stop()));
    const { outdated } = this.#draft;
    if (outdated === null) return;
    this.#notice.show("You edited an earlier version of this example.", {
      "Use my edit": () => this.#take(outdated),
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
        parent: this.#text,
        doc: this.#draft.source,
        label: `Source of ${this.#server.example}`,
        onChange: (source) => (this.#draft.source = source),
        onRun: () => void this.#server.runAndSend(),
        onLeave: () => this.#leave(),
      });
    } catch (error) {
      console.error(error);
      this.#opening = null;
      this.#notice.show(`The editor could not be loaded. ${RELOAD}`, { "Try again": () => this.open() });
      return;
    }
    this.#show(true);
  }

  /** Opens the editor for typing. @param {number} [offset] where, in the source */
  async edit(offset) {
    await this.open();
    this.#editor?.focus(offset);
  }

  toggle() {
    if (this.isOpen) this.close();
    else void this.edit();
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
    this.#notice.show("The published source is back.", { "Undo reset": () => this.#take(edit) });
  }

  /** Without an edit there is nothing to keep the editor open for. */
  #leave() {
    this.emit("leave", null);
    if (!this.#draft.edited) this.close();
  }

  /** @param {string} source */
  #take(source) {
    this.#draft.source = source;
    void this.edit();
  }

  /** @param {boolean} open */
  #show(open) {
    this.#place.hidden = !open;
    if (this.#block) this.#block.hidden = open;
    this.emit("toggle", open);
  }

  /** What the browser keeps is what was edited last, in whichever tab. */
  #showOtherTab() {
    const other = this.#draft.keptSource;
    if (other === this.#draft.source) return this.#warning.hide();
    const has = other === this.#draft.published ? "reset" : "edited";
    this.#warning.show(`Another tab has ${has} this example, and the browser keeps what is there.`, {
      "Take it over": () => this.#take(this.#draft.keptSource),
      "Keep this one": () => this.#draft.keep(),
    });
  }

  /** @param {string} source */
  #showSource(source) {
    this.#notice.hide();
    if (!this.#draft.kept)
      this.#warning.show("The browser keeps nothing for this site: the edit is gone when you reload or close the page. Copy or download it.");
    if (!this.#editor) {
      if (this.#draft.edited) void this.open();
    } else if (this.#editor.value !== source) this.#editor.value = source;
  }
}
