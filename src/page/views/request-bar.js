// The request bar: presets from the example's contract, method, path, headers, body, Send.

import { button, h, labelled, uniqueId } from "./dom.js";
import { FieldError, parseHeaders, parsePath } from "./request-fields.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {RequestPreset, WebSocketPreset} from "../shared/example-data.js" */
/** @import {Protocol} from "../shared/messages.js" */

const WEBSOCKET = "WebSocket";
/** @type {Protocol[]} */
const PROTOCOLS = ["HTTP/1.1", "HTTP/2"];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", WEBSOCKET];

export class RequestBar {
  /** @type {(RequestPreset | WebSocketPreset)[]} */
  #presets;
  #server;
  /** @type {WebSocketPreset | null} */
  #conversation = null;
  #preset = h("select", { change: () => this.#choose(this.#preset.selectedIndex) });
  #method = h("select", { change: () => this.#adapt() }, ...METHODS.map((name) => h("option", {}, name)));
  #path = h("input", { type: "text", value: "/", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  #protocol = h("select", {}, ...PROTOCOLS.map((name) => h("option", {}, name)));
  #protocolField = labelled("Protocol", this.#protocol);
  #headers = h("textarea", { rows: "2", spellcheck: "false", placeholder: "Accept: text/plain" });
  #subprotocols = h("input", { type: "text", spellcheck: "false", placeholder: "chat, superchat" });
  #body = h("textarea", { rows: "3", spellcheck: "false" });
  #bodyField = labelled("Body", this.#body);
  #subprotocolField = labelled("Subprotocols", this.#subprotocols);
  #submit = h("button", { class: "runnable-button runnable-button--strong" });
  #many = button("", () => this.#ask(this.#count));
  #count = 1;
  #leaveAfter = 0;
  #error = h("p", { class: "runnable-error", role: "alert", id: uniqueId("error"), hidden: true });
  #more = h(
    "details",
    { class: "runnable-more" },
    h("summary", {}, "Headers and body"),
    labelled("Headers", this.#headers),
    this.#subprotocolField,
    this.#bodyField,
  );
  element = h(
    "form",
    {
      class: "runnable-request",
      "aria-label": "Request",
      submit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.#ask(1);
      },
      input: () => this.#showError(null),
      keydown: (/** @type {KeyboardEvent} */ event) => {
        // In a text of several lines, Enter alone is a new line.
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        this.#ask(1);
      },
    },
  );

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#server = server;
    this.#presets = [...server.data.requests, ...server.data.websockets];
    this.#preset.append(...this.#presets.map(({ name }) => h("option", {}, name)));
    this.element.append(
      h(
        "div",
        { class: "runnable-row" },
        ...(this.#presets.length > 1 ? [labelled("Preset", this.#preset)] : []),
        labelled("Method", this.#method),
        labelled("Path", this.#path),
        this.#protocolField,
      ),
      this.#error,
      h("div", { class: "runnable-send" }, this.#more, this.#submit, this.#many),
    );
    this.#choose(0);
    server.on("statechange", ({ state }) => state === "loading" && this.#adapt());
    server.on("sendpreset", () => this.#send(this.#count));
  }

  /** @param {number} index */
  #choose(index) {
    const preset = this.#presets[index];
    this.#conversation = preset && "messages" in preset ? preset : null;
    const request = preset && "method" in preset ? preset : null;
    this.#count = request?.count ?? 1;
    this.#leaveAfter = request?.leaveAfter ?? 0;
    this.#method.value = request?.method ?? (this.#conversation ? WEBSOCKET : "GET");
    this.#path.value = preset?.path ?? "/";
    this.#headers.value = (request?.headers ?? []).map((header) => header.join(": ")).join("\n");
    this.#body.value = request?.body ?? "";
    this.#subprotocols.value = this.#conversation?.subprotocols.join(", ") ?? "";
    this.#more.open = Boolean(this.#headers.value || this.#body.value);
    this.#adapt();
  }

  #adapt() {
    const websocket = this.#method.value === WEBSOCKET;
    this.#submit.textContent = websocket ? "Connect" : this.#leaveAfter ? "Send and leave" : "Send";
    this.#many.textContent = `×${this.#count}`;
    this.#many.setAttribute("aria-label", `Send ${this.#count} at once`);
    this.#many.hidden = websocket || this.#count < 2;
    this.#protocolField.hidden = websocket || !this.#server.running?.server.http2;
    this.#bodyField.hidden = websocket;
    this.#subprotocolField.hidden = !websocket;
    this.#showError(null);
  }

  /** Sends because the reader says so. @param {number} count */
  #ask(count) {
    this.#server.emit("asked", null);
    this.#send(count);
  }

  /** @param {number} count */
  #send(count) {
    const path = this.#read(this.#path, parsePath);
    const headers = this.#read(this.#headers, parseHeaders);
    if (path === null || headers === null) return;
    if (this.#method.value === WEBSOCKET) {
      const subprotocols = this.#subprotocols.value.split(",").map((name) => name.trim()).filter(Boolean);
      void this.#server.open({ path, headers, subprotocols }, this.#conversation?.messages ?? []);
    } else {
      const body = this.#body.value ? new TextEncoder().encode(this.#body.value) : null;
      const protocol = PROTOCOLS[this.#protocol.selectedIndex];
      const leaveAfter = this.#leaveAfter;
      void this.#server.send({ method: this.#method.value, path, headers, body, protocol, leaveAfter }, count);
    }
  }

  /**
   * @template T
   * @param {HTMLInputElement | HTMLTextAreaElement} field
   * @param {(typed: string) => T} parse
   * @returns {T | null} null where the field has an error
   */
  #read(field, parse) {
    try {
      return parse(field.value);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.#showError(field, error.message);
      return null;
    }
  }

  /**
   * Shows what is wrong with a field; null clears it.
   *
   * @param {HTMLInputElement | HTMLTextAreaElement | null} field
   * @param {string} [message]
   */
  #showError(field, message = "") {
    for (const each of [this.#path, this.#headers]) {
      each.setAttribute("aria-invalid", String(each === field));
      each.setAttribute("aria-describedby", this.#error.id);
    }
    if (field === this.#headers) this.#more.open = true;
    field?.focus();
    this.#error.textContent = message;
    this.#error.hidden = !field;
  }
}
