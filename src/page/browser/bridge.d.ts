// The messages between the Page view and the bridge, the script that it puts into an application's page.
// Both ends know each other's shape from here; the view checks each message again (from-frame.js), for the page's own
// scripts can send them too.

import type { Header } from "../shared/messages.js";
import type { Cookie } from "./cookie-jar.js";

/** A request as a page's script or element makes it; the view adds cookies, and follows redirects. */
export interface Asked {
  method: string;
  url: string;
  headers: Header[];
  body: Uint8Array | null;
}

export type FromFrame =
  | { type: "navigate"; request: Asked }
  | { type: "fetch"; id: number; request: Asked; credentials: boolean; redirect: "follow" | "error" | "manual" }
  | { type: "abort"; id: number }
  | { type: "connect"; id: number; url: string; subprotocols: string[] }
  | { type: "send"; id: number; data: string | Uint8Array }
  | { type: "close"; id: number; code: number; reason: string }
  | { type: "cookie"; text: string }
  | { type: "history"; url: string; push: boolean; state: unknown }
  | { type: "traverse"; by: number }
  | { type: "store"; area: "local" | "session"; entries: Header[] }
  | { type: "shown" }
  | { type: "left" };

export interface Show {
  type: "show";
  url: string;
  headers: Header[];
  body: Uint8Array<ArrayBuffer>;
  cookies: Cookie[];
  stores: Record<"local" | "session", Header[]>;
  credit: number;
}

/** What comes of a request or a WebSocket. */
export type Outcome =
  | { type: "head"; status: number; reason: string; headers: Header[]; url: string; redirected: boolean }
  | { type: "data"; data: Uint8Array<ArrayBuffer> }
  | { type: "end" }
  | { type: "error"; message: string }
  | { type: "open"; subprotocol: string }
  | { type: "message"; data: string | Uint8Array<ArrayBuffer> }
  | { type: "closed"; code: number; reason: string };

export type ToFrame =
  | Show
  | { type: "outcome"; id: number; outcome: Outcome }
  | { type: "cookies"; cookies: Cookie[] }
  | { type: "popstate"; url: string; state: unknown }
  | { type: "credit"; more: number };
