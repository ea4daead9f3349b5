// Tabs by the ARIA Authoring Practices: arrow keys move, only the chosen tab is in the page's tab order.

import { Emitter } from "../server/emitter.js";
import { h, uniqueId } from "./dom.js";

/** One tab and what it shows; a view shows itself by it. Event: `shown`, or no longer. @extends {Emitter<{shown: boolean}>} */
export class Tab extends Emitter {
  #tabs;
  /** Whether a reader who is here stays when another tab is offered. */
  keeps = false;
  button;
  panel = h("div", { role: "tabpanel", id: uniqueId("panel") });
  /** What a view does when a reader, or the view itself, chooses its tab. */
  onSelect = () => {};

  /** @param {Tabs} tabs @param {string} name */
  constructor(tabs, name) {
    super();
    this.#tabs = tabs;
    this.button = h(
      "button",
      { type: "button", role: "tab", id: uniqueId("tab"), "aria-controls": this.panel.id, click: () => this.select() },
      name,
    );
    this.panel.setAttribute("aria-labelledby", this.button.id);
  }

  select() {
    this.#tabs.select(this);
    this.onSelect();
  }

  /** Comes to the front, unless the reader is in a tab that keeps. */
  offer() {
    if (this.#tabs.chosen?.keeps) this.announce();
    else this.select();
  }

  /** Marks that there is something new, where this tab is not the one shown. */
  announce() {
    this.button.classList.toggle("runnable-tab--news", Boolean(this.panel.hidden));
  }
}

export class Tabs {
  /** @type {Map<string, Tab>} */
  #tabs = new Map();
  #list = h("div", { class: "runnable-tabs", role: "tablist", keydown: (/** @type {KeyboardEvent} */ event) => this.#move(event) });
  element = h("div", { class: "runnable-views" }, this.#list);

  /** The tab of this name, made where there is none. @param {string} name */
  tab(name) {
    const found = this.#tabs.get(name);
    if (found) return found;
    const tab = new Tab(this, name);
    this.#tabs.set(name, tab);
    this.#list.append(tab.button);
    this.element.append(tab.panel);
    this.select([...this.#tabs.values()][0]);
    return tab;
  }

  /** The tab that is shown. @type {Tab | null} */
  chosen = null;

  /** @param {Tab} chosen */
  select(chosen) {
    const before = this.chosen;
    this.chosen = chosen;
    for (const tab of this.#tabs.values()) {
      const isChosen = tab === chosen;
      tab.button.setAttribute("aria-selected", String(isChosen));
      tab.button.tabIndex = isChosen ? 0 : -1;
      tab.panel.hidden = !isChosen;
      if (isChosen) tab.button.classList.remove("runnable-tab--news");
    }
    if (before === chosen) return;
    before?.emit("shown", false);
    chosen.emit("shown", true);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...this.#tabs.values()].filter(({ button }) => !button.hidden);
    const at = tabs.findIndex(({ button }) => button === event.target);
    const next = tabs.at((at + step) % tabs.length);
    next?.select();
    next?.button.focus();
  }
}
