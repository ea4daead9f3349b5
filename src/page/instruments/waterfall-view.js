// The Waterfall view: all requests of the run.

import { h } from "../views/dom.js";
import { Waterfall } from "./waterfall.js";

/** @import {ExampleServer} from "../server/example-server.js" */

export { Waterfall };

export class WaterfallView {
  element;

  /** @param {ExampleServer} server */
  constructor(server) {
    const hint = h("p", { class: "runnable-hint" }, "Each request has a bar, on one clock. With the keyboard: up and down arrows read them.");
    this.element = h("div", {}, hint, new Waterfall(server.recording).element);
  }
}
