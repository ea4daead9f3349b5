// One tab of the Page view's browser: back, forward, reload, an address, and the frame with the application's page.

import { joined } from "../shared/bytes.js";
import { size } from "../views/body.js";
import { button, h, uniqueId } from "../views/dom.js";
import { Frame } from "./frame.js";
import { History } from "./history.js";
import { ORIGIN } from "./origin.js";
import { PageSockets } from "./page-sockets.js";

/** @import {ExampleServer} from "../server/example-server.js" */
/** @import {Header} from "../shared/messages.js" */
/** @import {Asked, FromFrame} from "./bridge.js" */
/** @import {UserAgent} from "./user-agent.js" */

/** @typedef {{url: string, status: number, headers: Header[], body: Uint8Array<ArrayBuffer>}} Answer */
/** @typedef {"push" | "replace" | "stay"} Entering how an answer enters the history */

const HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/** So often a page that has gone elsewhere by itself is shown again. */
const MOST_RETURNS = 3;

export class BrowserTab {
  #agent;
  #server;
  #stores;
  #history = new History();
  #sockets;
  /** @type {Frame | null} */
  #frame = null;
  /** @type {Answer | null} */
  #answer = null;
  #returns = 0;
  /** Gives up the navigation that is on its way. @type {(() => void) | null} */
  #giveUp = null;
  /** Gives up a request of the page, by its id. @type {Map<number, () => void>} */
  #requests = new Map();

  #back = button("←", () => this.#traverse(-1), { "aria-label": "Back", title: "Back" });
  #forward = button("→", () => this.#traverse(1), { "aria-label": "Forward", title: "Forward" });
  #reload = button("↻", () => this.#reloadOrStop());
  #address = h("input", {
    ...{ type: "text", "aria-label": "Address", autocomplete: "off", autocapitalize: "off", spellcheck: "false", value: "/" },
  });
  #status = h("p", { class: "runnable-summary", role: "status", id: uniqueId("page-status") });
  #place = h("div", { class: "runnable-page-place" });
  #bar = h(
    "form",
    {
      class: "runnable-page-bar",
      "aria-label": "The page's address",
      submit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.open(this.#address.value);
      },
    },
    ...[this.#back, this.#forward, this.#reload, this.#address, h("button", { class: "runnable-button" }, "Go")],
  );
  element = h("div", { class: "runnable-page" }, this.#bar, this.#status, this.#place);

  /**
   * @param {ExampleServer} server
   * @param {UserAgent} agent tabs of one browser share it
   * @param {Record<"local" | "session", Header[]>} stores
   */
  constructor(server, agent, stores) {
    this.#server = server;
    this.#agent = agent;
    this.#stores = stores;
    this.#sockets = new PageSockets(server, agent, (id, outcome) => this.#frame?.tell(id, outcome));
    this.#showControls();
  }

  get url() {
    return this.#history.current?.url ?? `${ORIGIN}/`;
  }

  /** Goes where a reader says. @param {string} address */
  open(address) {
    const text = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `/${address.trim().replace(/^\//, "")}`;
    if (!URL.canParse(text, ORIGIN)) return this.#say(`${address} is no address.`);
    this.#navigate({ method: "GET", url: new URL(text, ORIGIN).href, headers: [], body: null });
  }

  /** Shows an answer that has come already. @param {Answer} answer */
  show(answer) {
    this.#enter(answer, "push");
  }

  /** Ends what the page does; it is gone. */
  close() {
    this.#giveUp?.();
    this.#leaveDocument();
    this.element.remove();
  }

  /** @param {string} text */
  #say(text) {
    this.#status.textContent = text;
  }

  #showControls() {
    this.#back.disabled = !this.#history.canGo(-1);
    this.#forward.disabled = !this.#history.canGo(1);
    this.#reload.textContent = this.#giveUp ? "✕" : "↻";
    const label = this.#giveUp ? "Stop loading" : "Reload";
    this.#reload.setAttribute("aria-label", label);
    this.#reload.title = label;
    const { pathname, search, hash } = new URL(this.url);
    this.#address.value = pathname + search + hash;
  }

  #reloadOrStop() {
    if (this.#giveUp) {
      this.#giveUp();
      this.#giveUp = null;
      this.#say("Stopped.");
      return this.#showControls();
    }
    this.#navigate({ method: "GET", url: this.url, headers: [], body: null }, "stay");
  }

  /** @param {number} by */
  #traverse(by) {
    const document = this.#history.current?.document;
    const entry = this.#history.go(by);
    if (!entry) return;
    this.#showControls();
    if (entry.document === document) return this.#frame?.post({ type: "popstate", url: entry.url, state: entry.state });
    this.#navigate({ method: "GET", url: entry.url, headers: [], body: null }, "stay");
  }

  /** @param {Asked} asked @param {Entering} entering */
  #navigate(asked, entering = "push") {
    this.#giveUp?.();
    const started = `${asked.method} ${shortened(asked.url)}`;
    if (this.#server.state !== "ready") return this.#say("The server is not running: press Run first.");
    this.#say(`${started} …`);
    /** @type {Answer | null} */
    let answer = null;
    /** @type {Uint8Array[]} */
    const pieces = [];
    let length = 0;
    const headers = /** @type {Header[]} */ ([...asked.headers, ["Accept", HTML]]);
    const end = () => {
      this.#giveUp = null;
      this.#showControls();
    };
    let over = false;
    const giveUp = this.#agent.fetch(
      { ...asked, headers },
      (outcome) => {
        if (outcome.type === "head") answer = { url: outcome.url, status: outcome.status, headers: outcome.headers, body: joined([]) };
        if (outcome.type === "data") {
          pieces.push(outcome.data);
          length += outcome.data.length;
          this.#say(`${started} … ${size(length)}`);
        }
        if (outcome.type !== "end" && outcome.type !== "error") return;
        over = true;
        end();
        if (outcome.type === "error") return this.#say(`${started}: ${outcome.message}`);
        if (!answer) return;
        this.#say(`${started} → ${answer.status} · ${size(length)}`);
        // A browser stays where it is: RFC 9110, 15.3.5 and 15.3.6.
        if (answer.status !== 204 && answer.status !== 205) this.#enter({ ...answer, body: joined(pieces) }, entering);
      },
      { referrer: this.#history.current ? this.url : "" },
    );
    // Another host is refused at once.
    if (over) return;
    this.#giveUp = giveUp;
    this.#showControls();
  }

  /** @param {Answer} answer @param {Entering} entering */
  #enter(answer, entering) {
    const document = {};
    const entry = { url: answer.url, state: null, document };
    if (entering === "push" && answer.url !== this.#history.current?.url) this.#history.push(entry);
    else this.#history.replace(entry);
    this.#returns = 0;
    this.#answer = answer;
    this.#put(answer);
    this.#showControls();
  }

  /** @param {Answer} answer */
  #put({ url, headers, body }) {
    this.#leaveDocument();
    const cookies = this.#agent.jar.forScript(new URL(url));
    const frame = (this.#frame = new Frame(
      { url, headers, body, cookies, stores: this.#stores },
      (message) => this.#frame === frame && this.#receive(message),
      (reason) => {
        if (this.#frame !== frame) return;
        this.#leaveDocument();
        this.#say(`The page was closed: ${reason}.`);
      },
    ));
    this.#place.append(frame.element);
  }

  #leaveDocument() {
    this.#frame?.close();
    this.#frame = null;
    for (const giveUp of this.#requests.values()) giveUp();
    this.#requests.clear();
    this.#sockets.closeAll();
  }

  /** @param {FromFrame} message */
  #receive(message) {
    switch (message.type) {
      case "navigate":
        return this.#navigate(message.request);
      case "fetch": {
        const { id, request, credentials, redirect } = message;
        const giveUp = this.#agent.fetch(request, (outcome) => {
          if (outcome.type === "end" || outcome.type === "error") this.#requests.delete(id);
          if (outcome.type === "head") this.tellCookies();
          this.#frame?.tell(id, outcome);
        }, { credentials, redirect, referrer: this.url });
        this.#requests.set(id, giveUp);
        return;
      }
      case "abort":
        this.#requests.get(message.id)?.();
        this.#requests.delete(message.id);
        return;
      case "connect":
      case "send":
      case "close":
        return this.#sockets.receive(message);
      case "cookie":
        return this.#agent.jar.setByScript(message.text, new URL(this.url));
      case "store":
        this.#stores[message.area] = message.entries;
        return;
      case "history": {
        const { url, push, state } = message;
        const { current } = this.#history;
        if (!current || new URL(url).origin !== ORIGIN) return;
        const entry = { url, state, document: current.document };
        if (push) this.#history.push(entry);
        else this.#history.replace(entry);
        return this.#showControls();
      }
      case "traverse":
        return message.by ? this.#traverse(message.by) : this.#reloadOrStop();
      case "left":
        return this.#return();
      case "shown":
        return;
    }
  }

  /** Tells the page what its script may see of the cookies now. */
  tellCookies() {
    this.#frame?.post({ type: "cookies", cookies: this.#agent.jar.forScript(new URL(this.url)) });
  }

  /** The page has gone elsewhere by `location`, which no script can stand in for: where to, nobody learns. */
  #return() {
    const again = this.#answer && this.#returns++ < MOST_RETURNS;
    if (again) this.#put(/** @type {Answer} */ (this.#answer));
    else this.#leaveDocument();
    this.#say(`The page set \`location\`, where this view cannot follow${again ? ": here it is again" : ""}. Write the address above.`);
  }
}

/** @param {string} url */
const shortened = (url) => (url.startsWith(ORIGIN) ? url.slice(ORIGIN.length) : url).slice(0, 200);
