// Brings the answer that a reader asked for into view, unless the reader has turned to something else meanwhile.

/** @import {ExampleServer} from "../server/example-server.js" */

/** Signs that a reader reads, types or presses elsewhere. */
const TURNS = ["wheel", "touchmove", "keydown", "pointerdown"];

/**
 * @param {ExampleServer} server
 * @param {HTMLElement} element where answers appear
 */
export function bringIntoView(server, element) {
  let turned = new AbortController();
  turned.abort();
  const show = () => {
    if (turned.signal.aborted) return;
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // In the next frame: the views have drawn by then.
    requestAnimationFrame(() => element.scrollIntoView({ block: "nearest", behavior: reduced ? "auto" : "smooth" }));
  };
  const showLast = () => {
    show();
    turned.abort();
  };
  server.on("asked", () => {
    turned.abort();
    turned = new AbortController();
    const { signal } = turned;
    for (const type of TURNS) addEventListener(type, () => turned.abort(), { signal, capture: true, passive: true });
  });
  server.on("sent", (exchanges) => {
    show();
    let left = exchanges.length;
    const end = () => --left || showLast();
    for (const exchange of exchanges) {
      exchange.on("end", end);
      exchange.on("error", end);
    }
  });
  server.on("connected", ({ connection }) => {
    show();
    for (const type of ["open", "error"]) connection.addEventListener(type, showLast);
  });
  server.on("statechange", ({ state }) => state === "failed" && showLast());
}
