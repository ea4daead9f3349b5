// Takes from the Web Worker's global scope what a program could harm the page, its next run or its neighbours with.
//
// A program reaches all of it by `import js`. What the worker itself needs, its modules have kept. Other hosts are closed
// to it twice: what asks them is taken here, and the page's Content-Security-Policy holds in this worker, which was
// started from a blob: URL (runnable.site.policy). The policy also forbids eval(), and so import().

const TAKEN = [
  // Messages come from the outbox alone, which bounds them; and the page would not learn that the worker has closed.
  ...["postMessage", "close"],
  // The network, this site's host too: a program's requests would be its reader's.
  ...["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts"],
  ...["FontFace", "fonts"],
  // A new Web Worker would have all of this again.
  ...["Worker", "SharedWorker"],
  // What the browser keeps for this origin, and the origin's other tabs.
  ...["caches", "indexedDB", "cookieStore", "BroadcastChannel", "Notification"],
  ...["webkitRequestFileSystem", "webkitRequestFileSystemSync"],
];
const TAKEN_FROM_NAVIGATOR = ["storage", "locks", "serviceWorker", "permissions", "usb", "serial", "hid"];
const CONSOLE = /** @type {const} */ (["error", "warn", "info", "log", "debug", "trace"]);
/** Of Python's memory, in bytes: beyond it a program gets a MemoryError, where the browser would end the whole page. */
const MOST_MEMORY = 1024 ** 3;
const MEMORY_PAGE = 65_536;

let contained = false;

/**
 * To be called before the first program runs.
 *
 * @param {(text: string) => void} print what the browser's console would get, which is for the site's own faults
 */
export function contain(print) {
  if (contained) return;
  contained = true;
  take(self, TAKEN);
  take(navigator, TAKEN_FROM_NAVIGATOR);
  for (const name of CONSOLE) console[name] = (...values) => print(values.map(String).join(" "));
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    print(String(event.reason));
  });
  boundMemory();
}

/** @param {object} owner @param {string[]} names */
function take(owner, names) {
  for (const name of names)
    for (let holder = owner; holder; holder = Object.getPrototypeOf(holder)) Reflect.deleteProperty(holder, name);
}

function boundMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * MEMORY_PAGE > MOST_MEMORY) throw new RangeError("no more memory");
    return grow.call(this, pages);
  };
}
