// Shows a WebSocket's frames in and out with their times, and sends and closes by hand.

import { bodyKind, decoder, duration, hexDump, size, textOfHtml } from "./body.js";
import { button, h, labelled } from "./dom.js";
import { headLines } from "./head.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Connection, Refusal} from "../server/websocket.js" */
/** @import {Tab} from "./tabs.js" */

/** What a client may send in a Close frame: RFC 6455, 7.4.2, less what is never sent, 1005, 1006 and 1015. */
const isCloseCode = (/** @type {number} */ code) => (code >= 3000 && code <= 4999) || [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011].includes(code);
/** A Close frame's reason may take so many bytes, for a control frame has 125 (5.5), and the code takes two. */
const LONGEST_REASON = 123;
const TEXT = "Text";
const BYTES = "Bytes, hex";
/** So many of the last frames are shown: a server may send without end. */
const SHOWN_FRAMES = 500;
/** Of a frame, so much is shown. */
const SHOWN_CHARACTERS = 5000;

export class WebSocketView {
  #summary = h("p", { class: "runnable-summary", "aria-live": "polite" });
  #frames = h("ol", { class: "runnable-frames", tabindex: "0", "aria-label": "Frames" });
  #message = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  #kind = h("select", {}, ...[TEXT, BYTES].map((kind) => h("option", {}, kind)));
  #code = h("input", { type: "text", inputmode: "numeric", value: "1000", size: "4", autocomplete: "off" });
  #reason = h("input", { type: "text", autocomplete: "off", size: "10" });
  #error = h("p", { class: "runnable-error", role: "alert", hidden: true });
  #form = h(
    "form",
    {
      class: "runnable-row",
      submit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.#sendTyped();
      },
      input: () => this.#showError(null),
    },
    labelled("As", this.#kind),
    labelled("Message", this.#message),
    h("button", { class: "runnable-button" }, "Send"),
    button("Ping", () => this.#ping()),
    labelled("Close code", this.#code),
    labelled("Reason", this.#reason),
    button("Close", () => this.#close()),
  );
  #refusal = h("div");
  element = h("div", { hidden: true }, this.#summary, this.#refusal, this.#frames, this.#form, this.#error);
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
      tab.offer();
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
    this.#showError(null);
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
    on("pong", ({ detail }) => this.#add("received", `Pong ${detail.payload}`.trim(), true));
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

  /** @param {string | Uint8Array} message */
  #send(message) {
    this.#connection?.send(message);
    this.#add("sent", message);
  }

  #sendTyped() {
    const { value } = this.#message;
    if (this.#kind.value === TEXT) this.#send(value);
    else {
      const digits = value.replace(/\s+/g, "");
      if (!/^([0-9a-f]{2})*$/i.test(digits)) return this.#showError(this.#message, "Bytes are pairs of hexadecimal digits, like 00 ff.");
      this.#send(Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
    }
    this.#message.value = "";
  }

  #ping() {
    this.#connection?.ping();
    this.#add("sent", "Ping", true);
  }

  #close() {
    const code = Number(this.#code.value);
    const reason = this.#reason.value;
    if (!isCloseCode(code)) return this.#showError(this.#code, "A client may close with 1000 to 1003, 1007 to 1011, or 3000 to 4999.");
    if (new TextEncoder().encode(reason).length > LONGEST_REASON) return this.#showError(this.#reason, `A reason has at most ${LONGEST_REASON} bytes.`);
    this.#closed = true;
    this.#connection?.close(code, reason);
  }

  /** Says what is wrong with a field; null clears it. @param {HTMLElement | null} field @param {string} [message] */
  #showError(field, message = "") {
    this.#error.textContent = message;
    this.#error.hidden = !field;
    field?.focus();
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
   * @param {boolean} [control] whether it stands for a control frame
   */
  #add(direction, data, control = false) {
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
        control ? h("em", {}, text) : h("code", {}, text),
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
