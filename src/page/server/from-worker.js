// Checks a message of the Web Worker before the page acts on it: a reader's program, too, can post messages there.

/** @import {ClientEvent} from "../shared/messages.js" */
/** @import {FromWorker} from "../shared/types.js" */

/** @typedef {(value: unknown) => boolean} Check */
/** @template {{type: string}} M @typedef {{[T in M["type"]]: {[K in Exclude<keyof Extract<M, {type: T}>, "type">]-?: Check}}} Checks */

/** @type {Check} */
const text = (value) => typeof value === "string";
/** @type {Check} */
const number = (value) => Number.isFinite(value);
/** @type {Check} */
const bytes = (value) => value instanceof Uint8Array;
/** @type {Check} */
const header = (value) => Array.isArray(value) && value.length === 2 && value.every(text);

/** @type {Checks<ClientEvent>} */
const EVENTS = {
  head: { startLine: text, status: number, reason: text, headers: (value) => Array.isArray(value) && value.every(header) },
  data: { data: bytes },
  end: { raw: bytes },
  open: { subprotocol: (value) => value === undefined || text(value) },
  message: { data: (value) => text(value) || bytes(value) },
  pong: { payload: text },
  closed: { code: number, reason: text },
  error: { message: text },
};

/** @type {Checks<FromWorker>} */
const MESSAGES = {
  booted: { kept: (value) => typeof value === "boolean" },
  kept: {},
  loaded: {},
  pong: {},
  progress: { loaded: number, total: number },
  crash: { message: text },
  ready: {},
  failed: { message: text },
  stopping: {},
  stopped: {},
  log: { text },
  recorded: { entries: text, began: number, missing: number },
  event: { id: number, event: (value) => fits(value, EVENTS) },
};

/** @param {any} value @param {Record<string, Record<string, Check>>} checks */
function fits(value, checks) {
  const type = value?.type;
  if (!text(type) || !Object.hasOwn(checks, type)) return false;
  return Object.entries(checks[type]).every(([key, check]) => check(value[key]));
}

/**
 * Whether a message is one that shared/types.d.ts describes.
 *
 * @param {unknown} message
 * @returns {message is FromWorker}
 */
export const isFromWorker = (message) => fits(message, MESSAGES);
