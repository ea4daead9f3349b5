// The views of the panel, each in a tab. To add one: a file beside this one, and a line in VIEWS.
//
// A view is a class as `View` says. It is made with the example's server and the tab that it is in. It reads what it
// shows from the server (`server.state`, `server.data`, …), listens to the server's events (the list is in
// server/example-server.js), and calls the server's methods where a reader acts. It never calls another view, nor the
// element. By the tab it comes to the front (`tab.offer()`, which leaves a reader in a tab that `keeps`) or says that
// it has something new (`tab.announce()`).
// Views with the same tab share it, and each hides itself while another has its turn. A view that is not needed for
// the first answer is fetched when its tab is opened: see later.js.

import { EventsView } from "./events-view.js";
import { later } from "./later.js";
import { LogView } from "./log-view.js";
import { PageView } from "./page-view.js";
import { ResponseView } from "./response-view.js";
import { WebSocketView } from "./websocket-view.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Tab} from "./tabs.js" */

/** @typedef {new (server: ExampleServer, tab: Tab) => {element: HTMLElement}} View */

/** @type {{tab: string, View: View}[]} */
export const VIEWS = [
  { tab: "Response", View: ResponseView },
  { tab: "Response", View: WebSocketView },
  { tab: "Events", View: EventsView },
  { tab: "Page", View: PageView },
  { tab: "Log", View: LogView },
  { tab: "Interface", View: later(async () => (await import("../instruments/interface-view.js")).InterfaceView) },
  { tab: "Waterfall", View: later(async () => (await import("../instruments/waterfall-view.js")).WaterfallView) },
  { tab: "Wire", View: later(async () => (await import("../instruments/wire-view.js")).WireView) },
];
