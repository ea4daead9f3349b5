// Tabs by the ARIA Authoring Practices: arrow keys move, only the chosen tab is in the page's tab order.

import { h, uniqueId } from "./dom.js";

export class Tabs {
  #tabs;
  #list = h("div", { class: "runnable-tabs", role: "tablist", keydown: (/** @type {KeyboardEvent} */ event) => this.#move(event) });
  element = h("div", {}, this.#list);

  /** @param {Record<string, HTMLElement>} panels what each tab shows, by its name */
  constructor(panels) {
    this.#tabs = Object.entries(panels).map(([name, content]) => {
      const panel = h("div", { role: "tabpanel", id: uniqueId("panel") }, content);
      const tab = h(
        "button",
        { type: "button", role: "tab", id: uniqueId("tab"), "aria-controls": panel.id, click: () => this.select(name) },
        name,
      );
      panel.setAttribute("aria-labelledby", tab.id);
      this.#list.append(tab);
      this.element.append(panel);
      return { name, tab, panel };
    });
    this.select(this.#tabs[0].name);
  }

  /** @param {string} name */
  select(name) {
    for (const each of this.#tabs) {
      const chosen = each.name === name;
      each.tab.setAttribute("aria-selected", String(chosen));
      each.tab.tabIndex = chosen ? 0 : -1;
      each.panel.hidden = !chosen;
      if (chosen) each.tab.classList.remove("runnable-tab--news");
    }
  }

  /**
   * Marks a tab that has something new, where it is not the one shown.
   *
   * @param {string} name
   */
  announce(name) {
    const found = this.#tabs.find((each) => each.name === name);
    found?.tab.classList.toggle("runnable-tab--news", Boolean(found.panel.hidden));
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.#tabs.findIndex(({ tab }) => tab === event.target);
    const next = this.#tabs.at((at + step) % this.#tabs.length);
    if (next) this.select(next.name);
    next?.tab.focus();
  }
}
