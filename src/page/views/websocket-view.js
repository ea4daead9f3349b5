// Shows a WebSocket's frames in and out with their times, and sends and closes by hand.

import { duration, hexDump, size } from "./body.js";
import { button, h, labelled } from "./dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Connection} from "../server/websocket.js" */
/** @import {Tab} from "./tabs.js" */

/** 1005 and 1006 are never sent (RFC 6455, 7.4.1); a client may send 1000 and 3000 to 4999. */
const CLOSE_CODES = ["1000", "3000", "4000"];
/** So many of the last frames are shown: a server may send without end. */
const SHOWN_FRAMES = 500;
/** Of a frame, so much is shown. */
const SHOWN_CHARACTERS = 5000;

export class WebSocketView {
  #summary = h("p", { class: "runnable-summary", "aria-live": "polite" });
  #frames = h("ol", { class: "runnable-frames", tabindex: "0", "aria-label": "Frames" });
  #message = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  #code = h("select", {}, ...CLOSE_CODES.map((code) => h("option", {}, code)));
  #form = h(
    "form",
    {
      class: "runnable-row",
      submit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.#send(this.#message.value);
      },
    },
    labelled("Message", this.#message),
    h("button", { class: "runnable-button" }, "Send"),
    labelled("Close code", this.#code),
    button("Close", () => this.#connection?.close(Number(this.#code.value))),
  );
  element = h("div", { hidden: true }, this.#summary, this.#frames, this.#form);
  /** @type {Connection | null} */
  #connection = null;
  #opened = 0;
  /** What the next frame of the screen will show. @type {HTMLElement[]} */
  #waiting = [];

  /** @param {ExampleServer} server @param {Tab} tab */
  constructor(server, tab) {
    server.on("connected", ({ connection, path, messages }) => {
      this.element.hidden = false;
      tab.select();
      this.#show(connection, path, messages);
    });
    const hide = () => (this.element.hidden = true);
    server.on("sent", hide);
    server.on("statechange", ({ state }) => state === "loading" && hide());
  }

  /**
   * Shows a connection that is being made.
   *
   * @param {Connection} connection
   * @param {string} path
   * @param {string[]} messages sent when it is open
   */
  #show(connection, path, messages) {
    this.#connection = connection;
    this.#opened = performance.now();
    this.#summary.textContent = `Connecting to ${path} …`;
    this.#frames.replaceChildren();
    this.#waiting = [];
    this.#message.value = messages[0] ?? "";
    this.#enable(false);
    /** @param {string} type @param {(event: any) => void} listener */
    const on = (type, listener) =>
      connection.addEventListener(type, (event) => this.#connection === connection && listener(event));
    on("open", ({ detail }) => {
      const subprotocol = detail.subprotocol ? `, subprotocol ${detail.subprotocol}` : "";
      this.#summary.textContent = `Connected to ${path}${subprotocol}`;
      this.#enable(true);
      for (const message of messages) this.#send(message);
    });
    on("message", ({ data }) => this.#add("received", data));
    on("close", ({ code, reason }) => this.#end(`Closed with ${code}${reason ? `: ${reason}` : ""}`));
    on("error", ({ detail }) => this.#end(detail.message));
  }

  /** @param {string} message */
  #send(message) {
    this.#connection?.send(message);
    this.#add("sent", message);
  }

  /** @param {string} text */
  #end(text) {
    this.#connection = null;
    this.#summary.textContent = text;
    this.#enable(false);
  }

  /** @param {boolean} enabled */
  #enable(enabled) {
    for (const control of this.#form.querySelectorAll("input, select, button"))
      control.toggleAttribute("disabled", !enabled);
  }

  /**
   * @param {"sent" | "received"} direction
   * @param {string | Uint8Array} data
   */
  #add(direction, data) {
    const long = typeof data === "string" && data.length > SHOWN_CHARACTERS;
    const text = long ? `${data.slice(0, SHOWN_CHARACTERS)} …` : typeof data === "string" ? data : `${size(data.length)}\n${hexDump(data)}`;
    const at = `+${duration(performance.now() - this.#opened)}`;
    if (!this.#waiting.length) requestAnimationFrame(() => this.#showFrames());
    this.#waiting.push(
      h(
        "li",
        { class: `runnable-frame runnable-frame--${direction}` },
        h("span", { class: "runnable-time" }, at),
        h("span", { class: "runnable-direction", "aria-label": direction }, direction === "sent" ? "→" : "←"),
        h("code", {}, text),
      ),
    );
    if (this.#waiting.length > SHOWN_FRAMES) this.#waiting.shift();
  }

  /** Lays them out once, however many have come. */
  #showFrames() {
    this.#frames.append(...this.#waiting);
    this.#waiting = [];
    while (this.#frames.childElementCount > SHOWN_FRAMES) this.#frames.firstElementChild?.remove();
    this.#frames.scrollTop = this.#frames.scrollHeight;
  }
}
