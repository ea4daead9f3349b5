// A view whose code is fetched when its tab is opened, and which has the recorder watched only while it is seen.

import { RELOAD } from "../shared/versions.js";
import { h } from "./dom.js";
import { Notice } from "./notice.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Tab} from "./tabs.js" */

/** @typedef {new (server: ExampleServer) => {element: HTMLElement}} LaterView */

/**
 * @param {() => Promise<LaterView>} load
 * @returns {import("./views.js").View}
 */
export const later = (load) =>
  class {
    #notice = new Notice();
    element = h("div", {}, this.#notice.element);
    #loaded = false;

    /** @param {ExampleServer} server @param {Tab} tab */
    constructor(server, tab) {
      tab.keeps = true;
      let stop = () => {};
      tab.on("shown", (shown) => {
        stop();
        if (!shown) return;
        stop = server.recording.watch();
        void this.#open(server);
      });
    }

    /** @param {ExampleServer} server */
    async #open(server) {
      if (this.#loaded) return;
      this.#loaded = true;
      try {
        const View = await load();
        this.element.append(new View(server).element);
      } catch (error) {
        console.error(error);
        this.#loaded = false;
        this.#notice.show(`The view could not be loaded. ${RELOAD}`, { "Try again": () => this.#open(server) });
      }
    }
  };
