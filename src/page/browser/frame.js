// One document of the application in a sandboxed frame, and the port by which its bridge asks for things.
//
// A frame is made for each document: it keeps nothing of the one before, and the reader's own history is left alone.

import { h } from "../views/dom.js";
import { isFromFrame } from "./from-frame.js";

/** @import {FromFrame, Outcome, Show, ToFrame} from "./bridge.js" */

/** So many messages a frame may send before it hears that the page has read some. The bridge keeps to it; a flood does not. */
const CREDIT = 500;

export class Frame {
  element = h("iframe", {
    class: "runnable-page-frame",
    // Not allow-same-origin: that would be the site's own origin. Nor popups, downloads, dialogs, or the window's address.
    sandbox: "allow-scripts allow-forms",
    referrerpolicy: "no-referrer",
    title: "The application's page",
    src: new URL(FRAME_FILE, import.meta.url).href,
  });
  #show;
  #receive;
  #end;
  #credit = CREDIT;
  #read = 0;
  /** @type {MessagePort | null} */
  #port = null;

  /**
   * @param {Omit<Show, "type" | "credit">} show
   * @param {(message: FromFrame) => void} receive
   * @param {(reason: string) => void} end called where the frame is not to be trusted any longer
   */
  constructor(show, receive, end) {
    this.#show = show;
    this.#receive = receive;
    this.#end = end;
    addEventListener("message", this.#meet);
  }

  /** @param {ToFrame} message */
  post(message) {
    this.#port?.postMessage(message);
  }

  /** @param {number} id @param {Outcome} outcome */
  tell(id, outcome) {
    this.post({ type: "outcome", id, outcome });
  }

  close() {
    removeEventListener("message", this.#meet);
    this.#port?.close();
    this.#port = null;
    this.element.remove();
  }

  /** The one message that comes to the window: the bridge has started, and nothing of the application is there yet. */
  #meet = (/** @type {MessageEvent} */ event) => {
    const [port] = event.ports;
    // Its origin is "null", as that of every such frame: the window tells which it is.
    if (event.source !== this.element.contentWindow || event.data?.type !== "ready" || !port) return;
    removeEventListener("message", this.#meet);
    this.#port = port;
    port.onmessage = ({ data }) => this.#hear(data);
    this.post({ type: "show", ...this.#show, credit: CREDIT });
  };

  /** @param {unknown} message */
  #hear(message) {
    if (--this.#credit < 0) return this.#end("it sent more messages than the view can read");
    if (!this.#read++) setTimeout(() => this.#renew());
    if (!isFromFrame(message)) return this.#end("it sent a message that the view does not know");
    this.#receive(message);
  }

  #renew() {
    this.#credit += this.#read;
    this.post({ type: "credit", more: this.#read });
    this.#read = 0;
  }
}
