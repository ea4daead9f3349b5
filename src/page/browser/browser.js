// The Page view's browser, which is fetched when a reader opens the view: one tab or two, cookies, and what was asked.

import { button, h } from "../views/dom.js";
import { BrowserTab } from "./browser-tab.js";
import { ORIGIN } from "./origin.js";
import { UserAgent, redirected } from "./user-agent.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Header} from "../shared/messages.js" */
/** @import {HttpRequest, HttpResponse} from "../shared/types.js" */
/** @import {Seen} from "./user-agent.js" */

/** So many of the last requests are listed. */
const LISTED = 200;

export class Browser {
  #server;
  /** @type {Record<"local" | "session", Header[]>} */
  #stores = { local: [], session: [] };
  #agent;
  /** @type {BrowserTab[]} */
  #tabs = [];
  #list = h("ol", { class: "runnable-page-requests" });
  #count = 0;
  #summary = h("summary", {}, "Requests");
  #requests = h("details", { class: "runnable-more" }, this.#summary, this.#list);
  /** @type {WeakMap<Seen, HTMLElement>} */
  #lines = new WeakMap();
  #second = button("Second tab", () => this.#toggleSecond());
  #views = h("div", { class: "runnable-page-tabs" });
  element = h("div", {}, this.#views, h("div", { class: "runnable-send" }, this.#requests, this.#second));

  /** @param {ExampleServer} server */
  constructor(server) {
    this.#server = server;
    this.#agent = new UserAgent((request) => server.request(request), (seen) => this.#note(seen));
    this.#add();
  }

  /** Shows an answer that the reader has got already, with its cookies, or where it leads. @param {HttpRequest} request @param {HttpResponse} response */
  show({ method, path }, { status, headers, body }) {
    const url = new URL(path, ORIGIN);
    for (const [name, value] of headers) if (name.toLowerCase() === "set-cookie") this.#agent.jar.set(value, url);
    const next = redirected({ method, url: url.href, headers: [], body: null }, url, status, headers);
    if (next?.method === "GET") return this.#tabs[0].open(next.url);
    this.#tabs[0].show({ url: url.href, status, headers, body: /** @type {Uint8Array<ArrayBuffer>} */ (body) });
  }

  /** Ends all that its pages do. */
  close() {
    for (const tab of this.#tabs) tab.close();
    this.#agent.cancel();
    this.element.remove();
  }

  #add() {
    const tab = new BrowserTab(this.#server, this.#agent, this.#stores);
    this.#tabs.push(tab);
    this.#views.append(tab.element);
    return tab;
  }

  /** Two tabs of one browser: they share its cookies, as a chat with oneself wants. */
  #toggleSecond() {
    const [first, second] = this.#tabs;
    if (second) {
      second.close();
      this.#tabs.pop();
    } else this.#add().open(new URL(first.url).pathname);
    this.#second.textContent = second ? "Second tab" : "Close the second tab";
  }

  /** @param {Seen} seen */
  #note(seen) {
    const { method, path, status, message } = seen;
    const text = `${method} ${path} → ${message || (status ?? "…")}`;
    const line = this.#lines.get(seen);
    if (line) {
      line.textContent = text;
      return;
    }
    const added = h("li", {}, text);
    this.#lines.set(seen, added);
    this.#list.append(added);
    if (this.#list.childElementCount > LISTED) this.#list.firstElementChild?.remove();
    this.#summary.textContent = `Requests of the page: ${++this.#count}`;
  }
}
