// XMLHttpRequest of a page that the view shows, on top of its fetch(): asynchronous requests only.

const STATES = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 };
const HANDLERS = ["readystatechange", "loadstart", "progress", "load", "loadend", "error", "abort", "timeout"];

/** As the interface has it: a page sets `onload` and the like. */
class WithHandlers extends EventTarget {
  constructor() {
    super();
    for (const type of HANDLERS) {
      /** @type {((event: Event) => void) | null} */
      let handler = null;
      Object.defineProperty(this, `on${type}`, { get: () => handler, set: (value) => (handler = typeof value === "function" ? value : null) });
      this.addEventListener(type, (event) => handler?.call(this, event));
    }
  }
}

class XMLHttpRequest extends WithHandlers {
  readyState = STATES.UNSENT;
  responseType = "";
  timeout = 0;
  withCredentials = false;
  upload = new WithHandlers();
  #method = "GET";
  #url = "";
  #headers = new Headers();
  #type = "";
  /** @type {AbortController | null} */
  #controller = null;
  /** @type {Response | null} */
  #answer = null;
  #bytes = new Uint8Array();

  /** @param {string} method @param {string | URL} url @param {boolean} asynchronous */
  open(method, url, asynchronous = true) {
    if (!asynchronous) throw new DOMException("The Page view has no synchronous XMLHttpRequest.", "InvalidAccessError");
    this.#controller?.abort();
    this.#controller = this.#answer = null;
    this.#bytes = new Uint8Array();
    this.#method = method;
    this.#url = new URL(url, document.baseURI).href;
    this.#headers = new Headers();
    this.#become(STATES.OPENED);
  }

  /** @param {string} name @param {string} value */
  setRequestHeader(name, value) {
    this.#mustBeOpened();
    this.#headers.append(name, value);
  }

  /** @param {string} type */
  overrideMimeType(type) {
    this.#type = type;
  }

  /** @param {XMLHttpRequestBodyInit | Document | null} body */
  send(body = null) {
    this.#mustBeOpened();
    if (body instanceof Document) body = new XMLSerializer().serializeToString(body);
    const controller = (this.#controller = new AbortController());
    if (this.timeout) setTimeout(() => this.#controller === controller && this.#end("timeout"), this.timeout);
    this.#fire("loadstart");
    void this.#receive(controller, body);
  }

  abort() {
    if (this.#controller) this.#end("abort");
    this.readyState = STATES.UNSENT;
  }

  /** @param {AbortController} controller @param {XMLHttpRequestBodyInit | null} body */
  async #receive(controller, body) {
    const current = () => this.#controller === controller;
    try {
      const options = { method: this.#method, headers: this.#headers, signal: controller.signal, body: this.#method === "GET" ? null : body };
      const answer = await fetch(this.#url, options);
      if (!current()) return;
      this.#answer = answer;
      this.#become(STATES.HEADERS_RECEIVED);
      const reader = answer.body?.getReader();
      while (reader) {
        const { done, value } = await reader.read();
        if (!current()) return;
        if (done) break;
        const longer = new Uint8Array(this.#bytes.length + value.length);
        longer.set(this.#bytes);
        longer.set(value, this.#bytes.length);
        this.#bytes = longer;
        this.#become(STATES.LOADING);
        this.#fire("progress");
      }
      this.#end("load");
    } catch {
      if (current()) this.#end("error");
    }
  }

  /** @param {string} type */
  #end(type) {
    const controller = this.#controller;
    this.#controller = null;
    if (type !== "load") {
      this.#answer = null;
      this.#bytes = new Uint8Array();
      controller?.abort();
    }
    this.#become(STATES.DONE);
    this.#fire(type);
    this.#fire("loadend");
  }

  #mustBeOpened() {
    if (this.readyState !== STATES.OPENED || this.#controller) throw new DOMException("Call open() first.", "InvalidStateError");
  }

  /** @param {number} state */
  #become(state) {
    this.readyState = state;
    this.dispatchEvent(new Event("readystatechange"));
  }

  /** @param {string} type */
  #fire(type) {
    const total = Number(this.#answer?.headers.get("content-length") ?? 0);
    this.dispatchEvent(new ProgressEvent(type, { loaded: this.#bytes.length, total, lengthComputable: total > 0 }));
  }

  get status() {
    return this.#answer?.status ?? 0;
  }

  get statusText() {
    return this.#answer?.statusText ?? "";
  }

  get responseURL() {
    return this.#answer?.url ?? "";
  }

  /** @param {string} name */
  getResponseHeader(name) {
    return this.#answer?.headers.get(name) ?? null;
  }

  getAllResponseHeaders() {
    return [...(this.#answer?.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }

  get #mime() {
    return this.#type || (this.#answer?.headers.get("content-type") ?? "");
  }

  get responseText() {
    const charset = /charset="?([\w-]+)/.exec(this.#mime)?.[1] ?? "utf-8";
    return new TextDecoder(charset).decode(this.#bytes);
  }

  get responseXML() {
    if (this.readyState !== STATES.DONE || !this.#answer) return null;
    const type = /html/.test(this.#mime) ? "text/html" : "text/xml";
    return new DOMParser().parseFromString(this.responseText, type);
  }

  get response() {
    if (this.responseType === "" || this.responseType === "text") return this.responseText;
    if (this.readyState !== STATES.DONE || !this.#answer) return null;
    if (this.responseType === "arraybuffer") return this.#bytes.buffer.slice(0);
    if (this.responseType === "blob") return new Blob([this.#bytes], { type: this.#mime });
    if (this.responseType === "document") return this.responseXML;
    try {
      return JSON.parse(this.responseText);
    } catch {
      return null;
    }
  }
}

export function shimXmlHttpRequest() {
  Object.assign(XMLHttpRequest, STATES);
  Object.assign(XMLHttpRequest.prototype, STATES);
  Object.assign(window, { XMLHttpRequest });
}
