// localStorage, sessionStorage and document.cookie of a page that the view shows: the browser refuses a frame like this its own.

/** @import {Header} from "../../shared/messages.js" */
/** @import {Page} from "./page.js" */

/** @param {Page} page @param {Record<"local" | "session", Header[]>} stores */
export function shimStores(page, stores) {
  for (const area of /** @type {const} */ (["local", "session"])) {
    const value = store(stores[area], (entries) => page.post({ type: "store", area, entries }));
    Object.defineProperty(window, `${area}Storage`, { configurable: true, get: () => value });
  }
  Object.defineProperty(Document.prototype, "cookie", {
    configurable: true,
    get: () => page.jar.textForScript(page.url),
    set: (text) => {
      page.jar.setByScript(String(text), page.url);
      page.post({ type: "cookie", text: String(text) });
    },
  });
}

/** @param {Header[]} entries @param {(entries: Header[]) => void} save */
function store(entries, save) {
  const map = new Map(entries);
  const changed = () => save([...map]);
  const methods = {
    /** @param {string} key */
    getItem: (key) => map.get(String(key)) ?? null,
    /** @param {string} key @param {string} value */
    setItem: (key, value) => {
      map.set(String(key), String(value));
      changed();
    },
    /** @param {string} key */
    removeItem: (key) => map.delete(String(key)) && changed(),
    clear: () => {
      map.clear();
      changed();
    },
    /** @param {number} index */
    key: (index) => [...map.keys()][index] ?? null,
  };
  return new Proxy(/** @type {Record<string, any>} */ (methods), {
    get: (target, key) => (key === "length" ? map.size : typeof key === "string" ? (target[key] ?? map.get(key)) : undefined),
    set: (_, key, value) => (methods.setItem(String(key), value), true),
    has: (target, key) => key in target || map.has(String(key)),
    deleteProperty: (_, key) => (methods.removeItem(String(key)), true),
    ownKeys: () => [...map.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      map.has(String(key)) ? { configurable: true, enumerable: true, writable: true, value: map.get(String(key)) } : undefined,
  });
}
