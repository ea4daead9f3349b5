// What appears when an example runs: the request bar, and below it the views in their tabs.

import { h } from "./dom.js";
import { bringIntoView } from "./in-view.js";
import { RequestBar } from "./request-bar.js";
import { Tabs } from "./tabs.js";
import { VIEWS } from "./views.js";

/** @import {ExampleServer} from "../server/example-server.js" */

export class Panel {
  element;

  /** @param {ExampleServer} server */
  constructor(server) {
    const bar = new RequestBar(server);
    const tabs = new Tabs();
    for (const { tab: name, View } of VIEWS) {
      const tab = tabs.tab(name);
      tab.panel.append(new View(server, tab).element);
    }
    this.element = h("div", { class: "runnable-panel", hidden: true }, bar.element, tabs.element);
    bringIntoView(server, tabs.element);
    server.on("statechange", ({ state }) => {
      if (state === "loading") this.element.hidden = false;
    });
  }
}
