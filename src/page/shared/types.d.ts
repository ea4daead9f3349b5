// Types of the page's own data, and the messages between the page and its Web Worker beyond the session's.

import type { FromSession, Header, Protocol, RunMessage, ToSession } from "./messages.js";

export interface HttpRequest {
  method: string;
  path: string;
  headers: Header[];
  body: Uint8Array | null;
  /** HTTP/2 is spoken from the first byte ("prior knowledge"). */
  protocol: Protocol;
  /** The client leaves after so many pieces of the body; 0: it stays. */
  leaveAfter: number;
}

export interface HttpResponse {
  /** The first line as the server wrote it; HTTP/2 has none, and this says "HTTP/2 200". */
  startLine: string;
  status: number;
  reason: string;
  /** In the server's order, with repeats. */
  headers: Header[];
  body: Uint8Array;
  /** The body in the pieces in which the server sent it. */
  chunks: Uint8Array[];
  /** When each of them came, in milliseconds since the request was sent. */
  times: number[];
  /** Every byte of the answer, as on the wire. */
  raw: Uint8Array;
}

export interface Handshake {
  path: string;
  headers: Header[];
  subprotocols: string[];
}

export type Program = Omit<RunMessage, "type">;

export type ToWorker =
  | { type: "boot"; runtime: string; packages: string[]; fetched: string[] }
  | { type: "module"; module: WebAssembly.Module }
  | { type: "keep"; runtime: string; packages: string[]; fetched: string[]; source: string; server: string }
  | { type: "ahead"; source: string; server: string }
  | { type: "load"; packages: string[] }
  | { type: "ping" }
  | ToSession;

export type FromWorker =
  | { type: "booted"; kept: boolean }
  | { type: "kept" }
  | { type: "loaded" }
  | { type: "pong" }
  | { type: "progress"; loaded: number; total: number }
  | { type: "crash"; message: string }
  | FromSession;

/** What the lock says of a file: its size in bytes, and its hash in hexadecimal. */
export interface Listed {
  size: number;
  sha256: string;
}

/** The runtime's lock.json, as far as it is read here. */
export interface Lock {
  info: { python: string };
  packages: Record<string, RuntimeFile & { depends: string[] }>;
  core: { folder: string; files: Record<string, Listed> };
  /** The standard library: what all examples fetch, what those do that need these packages, and what none does. */
  stdlib: { common: RuntimeFile; more: RuntimeFile & { for: string[] }; rest: RuntimeFile };
  /** What of a distribution is fetched where a program imports it. */
  later: Record<string, RuntimeFile>;
}

export interface RuntimeFile extends Listed {
  file_name: string;
}
