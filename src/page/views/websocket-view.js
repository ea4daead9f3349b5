// Shows a WebSocket's frames in and out with their times, and sends and closes by hand.

import { bodyKind, decoder, duration, hexDump, size, textOfHtml } from "./body.js";
import { button, h, labelled } from "./dom.js";
import { headLines } from "./head.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Connection, Refusal} from "../server/websocket.js" */
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
        this.#message.value = "";
      },
    },
    labelled("Message", this.#message),
    h("button", { class: "runnable-button" }, "Send"),
    labelled("Close code", this.#code),
    button("Close", () => this.#close()),
  );
  #refusal = h("div");
  element = h("div", { hidden: true }, this.#summary, this.#refusal, this.#frames, this.#form);
  /** @type {Connection | null} */
  #connection = null;
  #opened = 0;
  /** What the next frame of the screen will show. @type {HTMLElement[]} */
  #waiting = [];
  /** Whether the reader has closed it. */
  #closed = false;

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
    this.#showRefusal(null);
    this.#message.value = messages[0] ?? "";
    this.#closed = false;
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
    on("close", ({ code, reason }) => this.#end(closing(this.#closed, code, reason)));
    on("error", ({ detail }) => {
      this.#end(detail.message);
      this.#showRefusal(detail.refusal);
    });
  }

  /** The answer of a server that opens no WebSocket stands where the frames would. @param {Refusal | null} refusal */
  #showRefusal(refusal) {
    this.#frames.hidden = this.#form.hidden = Boolean(refusal);
    this.#refusal.replaceChildren();
    if (!refusal) return;
    const head = h("pre", { class: "runnable-head", tabindex: "0", "aria-label": "Status line and headers" });
    head.append(...headLines(refusal.startLine, refusal.headers));
    const body = h("pre", { class: "runnable-body", tabindex: "0", "aria-label": "Body" }, textOf(refusal));
    this.#refusal.append(head, body);
  }

  /** @param {string} message */
  #send(message) {
    this.#connection?.send(message);
    this.#add("sent", message);
  }

  #close() {
    this.#closed = true;
    this.#connection?.close(Number(this.#code.value));
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
        h("span", { class: "runnable-direction", role: "img", "aria-label": direction }, direction === "sent" ? "→" : "←"),
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

/**
 * Says who has closed a WebSocket, and with what.
 *
 * @param {boolean} byReader
 * @param {number} code
 * @param {string} reason
 */
function closing(byReader, code, reason) {
  if (code === 1006) return "The connection ended without a Close frame (1006)";
  const by = byReader ? "you" : "the server";
  return `Closed by ${by}, with ${code === 1005 ? "no code (1005)" : code}${reason ? `: ${reason}` : ""}`;
}

/** @param {Refusal} refusal */
function textOf({ headers, body }) {
  const { kind, charset } = bodyKind(headers);
  if (kind === "binary") return hexDump(body);
  const text = decoder(charset).decode(body);
  return headers.some(([name, value]) => /^content-type$/i.test(name) && /html/.test(value)) ? textOfHtml(text) : text;
}
