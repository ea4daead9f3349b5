// Reads HTTP/2's and WebSocket's frames from a connection's bytes (RFC 9113, section 4.1; RFC 6455, section 5.2).

/** A piece of one direction; its text has a character for each byte, as far as it was kept. @typedef {{at: number, text: string, size: number}} Piece */
/** @typedef {{at: number, title: string, payload: string}} Frame `payload` has a character for each byte */

export const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/** Stands for a byte that was not kept. */
const LOST = "\uffff";
const HTTP2_TYPES = ["DATA", "HEADERS", "PRIORITY", "RST_STREAM", "SETTINGS", "PUSH_PROMISE", "PING", "GOAWAY", "WINDOW_UPDATE", "CONTINUATION"];
/** @type {Record<number, string>} */
const OPCODES = { 0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong" };

/** All bytes of a direction, and when each piece began. @param {Piece[]} pieces */
function joined(pieces) {
  let stream = "";
  /** @type {{start: number, at: number}[]} */
  const starts = [];
  for (const { at, text, size } of pieces) {
    starts.push({ start: stream.length, at });
    stream += text + LOST.repeat(size - text.length);
  }
  /** @param {number} offset */
  const timeAt = (offset) => starts.findLast(({ start }) => start <= offset)?.at ?? 0;
  return { stream, timeAt };
}

/**
 * A number of some bytes, the highest first; NaN where one of them is not there.
 *
 * @param {string} stream
 * @param {number} at
 * @param {number} count
 */
function number(stream, at, count) {
  let value = 0;
  for (let n = at; n < at + count; n++) {
    const byte = stream.charCodeAt(n);
    value = byte > 255 ? NaN : value * 256 + byte;
  }
  return value;
}

/** @param {Piece[]} pieces @returns {Frame[]} */
export function http2Frames(pieces) {
  const { stream, timeAt } = joined(pieces);
  /** @type {Frame[]} */
  const frames = [];
  let at = 0;
  if (stream.startsWith(PREFACE)) {
    frames.push({ at: timeAt(0), title: "the client's preface", payload: PREFACE });
    at = PREFACE.length;
  }
  while (at + 9 <= stream.length) {
    const length = number(stream, at, 3);
    const type = number(stream, at + 3, 1);
    const flags = number(stream, at + 4, 1);
    const id = number(stream, at + 5, 4) % 2 ** 31;
    if ([length, type, flags, id].some(Number.isNaN)) break;
    const named = flagNames(type, flags);
    const title = `${HTTP2_TYPES[type] ?? `type ${type}`} · stream ${id} · ${length} bytes${named ? ` · ${named}` : ""}`;
    frames.push({ at: timeAt(at), title, payload: kept(stream.slice(at + 9, at + 9 + length)) });
    at += 9 + length;
  }
  return frames;
}

/** @param {number} type @param {number} flags */
function flagNames(type, flags) {
  const first = type === 4 || type === 6 ? "ACK" : type === 0 || type === 1 ? "END_STREAM" : "";
  /** @type {[number, string][]} */
  const names = [[1, first], [4, "END_HEADERS"], [8, "PADDED"], [32, "PRIORITY"]];
  return names.filter(([bit, name]) => flags & bit && name).map(([, name]) => name).join(" ");
}

/**
 * The frames behind the handshake, which ends with an empty line.
 *
 * @param {Piece[]} pieces
 * @returns {Frame[]}
 */
export function webSocketFrames(pieces) {
  const { stream, timeAt } = joined(pieces);
  const handshake = stream.indexOf("\r\n\r\n");
  if (handshake < 0) return [];
  /** @type {Frame[]} */
  const frames = [{ at: timeAt(0), title: "the handshake", payload: stream.slice(0, handshake + 4) }];
  let at = handshake + 4;
  while (at + 2 <= stream.length) {
    const first = number(stream, at, 1);
    const second = number(stream, at + 1, 1);
    const short = second & 127;
    const wide = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length = wide ? number(stream, at + 2, wide) : short;
    const masked = Boolean(second & 128);
    const start = at + 2 + wide + (masked ? 4 : 0);
    if (Number.isNaN(first + second + length)) break;
    const mask = masked ? stream.slice(start - 4, start) : "";
    const name = OPCODES[first & 15] ?? "unknown";
    const parts = [`opcode ${first & 15} (${name})`, first & 128 ? "final" : "more follows", masked ? `mask ${hex(mask)}` : "not masked", `${length} bytes`];
    if (first & 64) parts.push("compressed");
    frames.push({ at: timeAt(at), title: parts.join(" · "), payload: unmasked(kept(stream.slice(start, start + length)), mask) });
    at = start + length;
  }
  return frames;
}

/** @param {string} text */
const hex = (text) => [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");

/** @param {string} payload */
const kept = (payload) => payload.slice(0, (payload + LOST).indexOf(LOST));

/** @param {string} payload @param {string} mask */
function unmasked(payload, mask) {
  if (!mask) return payload;
  let text = "";
  for (let n = 0; n < payload.length; n++) text += String.fromCharCode(payload.charCodeAt(n) ^ mask.charCodeAt(n % 4));
  return text;
}
