// The Wire view: the bytes of a connection, both ways, as they were written.

import { duration, hexDump } from "../views/body.js";
import { copying } from "../views/copy.js";
import { h, labelled } from "../views/dom.js";
import { command, curlOf } from "./curl.js";
import { PREFACE, http2Frames, webSocketFrames } from "./frames.js";
import { offer, stays } from "./offering.js";
import { saving } from "./saving.js";
import { at, byteCount, listOf, quoted, textOf } from "./values.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Entry} from "../shared/recording.js" */
/** @import {Frame, Piece} from "./frames.js" */

/** @typedef {Piece & {sent: boolean}} Written `sent` by the server */
/** @typedef {{connection: number, made: number, pieces: Written[], call: Entry | null, lost: boolean}} Wire */
/** @typedef {{at: number, sent: boolean, title: string, text: string}} Line */

const MODES = ["Text", "Hex", "Frames"];
const SHOWN_LINES = 300;
const SHOWN_WIRES = 100;
/** As in the commands on the page. */
const ORIGIN = "http://127.0.0.1:8000";

export class WireView {
  /** @type {Map<number, Wire>} */
  #wires = new Map();
  #choice = h("select", { change: () => this.#choose() });
  #mode = h("select", { change: () => this.#draw() }, ...MODES.map((mode) => h("option", {}, mode)));
  #status = h("p", { class: "runnable-summary", role: "status" });
  #lines = h("ol", { class: "runnable-wire", tabindex: "0", "aria-label": "Bytes, in order" });
  #curl = h("div", { class: "runnable-row" }, ...copying(() => this.#command ?? "", "Copy as curl"));
  /** @type {string | null} */
  #command = null;
  /** @type {Wire | null} */
  #shown = null;
  #chosen = false;
  #drawing = false;
  #recording;
  element;

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#recording = server.recording;
    this.element = h(
      "div",
      { class: "runnable-instrument" },
      h("div", { class: "runnable-row" }, labelled("Connection", this.#choice), labelled("As", this.#mode), this.#curl, saving(server)),
      this.#status,
      this.#lines,
    );
    this.#recording.on("cleared", () => {
      this.#wires.clear();
      this.#shown = null;
      this.#chosen = false;
      this.#soon();
    });
    this.#recording.on("added", (entries) => this.#add(entries));
    this.#add(this.#recording.entries);
  }

  /** @param {Entry[]} entries */
  #add(entries) {
    for (const entry of entries) {
      const { kind, connection, value } = entry;
      if (connection === null) continue;
      if (kind === "connection.made") {
        const wire = { connection, made: entry.at, pieces: [], call: null, lost: false };
        this.#wires.set(connection, wire);
        if (!this.#chosen) this.#show(wire);
      }
      const wire = this.#wires.get(connection);
      if (!wire) continue;
      if (kind === "wire.sent" || kind === "wire.received")
        wire.pieces.push({ at: entry.at, sent: kind === "wire.sent", text: textOf(value) ?? "", size: byteCount(value) ?? 0 });
      else if (kind === "asgi.call") wire.call ??= entry;
      else if (kind === "connection.lost") wire.lost = true;
    }
    this.#soon();
  }

  #soon() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  #choose() {
    this.#chosen = stays(this.#choice);
    const wire = this.#wires.get(Number(this.#choice.value));
    if (wire) this.#show(wire);
    this.#draw();
  }

  /** @param {Wire} wire */
  #show(wire) {
    if (this.#shown && kindOf(wire) !== kindOf(this.#shown)) this.#mode.selectedIndex = 0;
    this.#shown = wire;
  }

  #draw() {
    this.#drawing = false;
    const wires = [...this.#wires.values()].slice(-SHOWN_WIRES);
    const wire = this.#shown;
    const offers = wires.map(({ connection }) => ({ value: String(connection), label: String(connection) }));
    offer(this.#choice, offers, wire && String(wire.connection));
    this.#command = wire && commandOf(wire);
    this.#curl.hidden = !this.#command;
    const frames = wire ? kindOf(wire) : "";
    this.#mode.options[2].disabled = !frames;
    const lines = wire ? linesOf(wire, MODES[this.#mode.selectedIndex]) : [];
    this.#lines.hidden = !wire;
    this.#lines.replaceChildren(...lines.slice(0, SHOWN_LINES).map((line) => lineElement(line, wire?.made ?? 0)));
    this.#say(wire, frames, lines.length);
  }

  /** @param {Wire | null} wire @param {string} frames @param {number} lines */
  #say(wire, frames, lines) {
    let text = "Send a request: the bytes of its connection appear here.";
    if (wire) {
      const count = (/** @type {boolean} */ sent) => wire.pieces.filter((piece) => piece.sent === sent).reduce((sum, { size }) => sum + size, 0);
      text = `${count(false)} bytes from the client, ${count(true)} bytes from the server${wire.lost ? ", closed" : ""}.`;
      if (frames) text += ` ${frames}: see it as frames, too.`;
      if (lines > SHOWN_LINES) text += ` The first ${SHOWN_LINES} lines are shown.`;
    }
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}

/** Whose frames these bytes are. @param {Wire} wire @returns {"HTTP/2" | "WebSocket" | ""} */
function kindOf({ pieces }) {
  const first = pieces.find(({ sent }) => !sent)?.text ?? "";
  if (first.startsWith(PREFACE.slice(0, 14))) return "HTTP/2";
  const answer = pieces.find(({ sent }) => sent)?.text ?? "";
  return /^HTTP\/1\.1 101 /.test(answer) && /\r\nupgrade: *websocket/i.test(answer) ? "WebSocket" : "";
}

/** @param {Wire} wire @param {string} mode @returns {Line[]} */
function linesOf(wire, mode) {
  const kind = kindOf(wire);
  if (mode === "Frames" && kind) {
    const read = kind === "HTTP/2" ? http2Frames : webSocketFrames;
    const lines = [true, false].flatMap((sent) =>
      read(wire.pieces.filter((piece) => piece.sent === sent)).map((/** @type {Frame} */ frame) => ({ at: frame.at, sent, title: frame.title, text: visible(frame.payload) })),
    );
    return lines.sort((one, other) => one.at - other.at);
  }
  return wire.pieces.map(({ at, sent, text, size }) => {
    if (!size) return { at, sent, title: sent ? "The server sends no more." : "The client sends no more.", text: "" };
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const rest = size > text.length ? `\n… ${size} bytes in all` : "";
    return { at, sent, title: "", text: (mode === "Hex" ? hexDump(bytes) : visible(text)) + rest };
  });
}

/** Text in which the ends of lines can be seen, and no control character can do anything. @param {string} latin */
export function visible(latin) {
  const bytes = Uint8Array.from(latin, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes).replace(/\r\n|[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) => {
    const escaped = quoted(found, "").slice(1, -1);
    return found.endsWith("\n") ? `${escaped}\n` : escaped;
  });
}

/** @param {Line} line @param {number} began */
function lineElement({ at, sent, title, text }, began) {
  return h(
    "li",
    { class: sent ? "runnable-to-server" : "runnable-to-application" },
    h("span", { class: "runnable-time" }, `+${duration(at - began)}`),
    h("span", { class: "runnable-direction", role: "img", "aria-label": sent ? "server:" : "client:" }, sent ? "←" : "→"),
    h("div", {}, ...(title ? [h("span", { class: "runnable-hint" }, title)] : []), ...(text ? [h("code", {}, text)] : [])),
  );
}

/** @param {Wire} wire */
function commandOf(wire) {
  const received = wire.pieces.filter(({ sent }) => !sent);
  if (kindOf(wire) === "WebSocket" || received.some(({ size, text }) => size > text.length)) return null;
  if (kindOf(wire) !== "HTTP/2") return curlOf(received.map(({ text }) => text).join(""), ORIGIN);
  const scope = wire.call?.value ?? null;
  const [method, path, query] = ["method", "raw_path", "query_string"].map((key) => textOf(at(scope, key)));
  if (!method || path === null || method === "POST") return null; // What HPACK packs is known from the scope alone.
  const headers = listOf(at(scope, "headers")).map((header) => listOf(header).map((text) => textOf(text) ?? ""));
  return command(method, `${ORIGIN}${path}${query ? `?${query}` : ""}`, headers.filter(([name]) => !name.startsWith(":")), "", ["--http2-prior-knowledge"]);
}
