// A line that tells something, with buttons; it goes when one of them is pressed.

import { button, h } from "./dom.js";

export class Notice {
  element = h("div", { class: "runnable-notice", role: "status", hidden: true });

  /**
   * @param {string} text
   * @param {Record<string, () => void>} choices what each button does, by its label
   */
  show(text, choices = {}) {
    const buttons = Object.entries(choices).map(([label, act]) =>
      button(label, () => {
        this.hide();
        act();
      }),
    );
    this.element.replaceChildren(h("span", {}, text), ...buttons);
    this.element.hidden = false;
  }

  hide() {
    this.element.hidden = true;
  }
}
