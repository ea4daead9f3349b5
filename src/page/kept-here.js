// What this browser keeps for the site, listed where a page asks for it, and a button that removes the starts kept.

import { loadEdits, loadServers } from "./server/storage.js";
import { forgetKept, listKept } from "./shared/kept-starts.js";
import { SITE } from "./site.js";
import { button, h } from "./views/dom.js";

const RUNTIME = `${SITE}assets/runtime/`;
const MB = 1e6;

/** @param {HTMLElement} place */
export async function showKept(place) {
  const said = h("p", { role: "status" });
  const list = h("ul");
  const remove = button("Remove the starts", async () => {
    await forgetKept(RUNTIME, (await listKept(RUNTIME)).map(({ url }) => url));
    await fill();
    said.textContent = "The starts are removed.";
  });

  async function fill() {
    // What cannot be kept has a size of 0.
    const sizes = (await listKept(RUNTIME)).map(({ size }) => size).filter(Boolean);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const edits = loadEdits();
    const lines = [
      `Starts of interpreters: ${sizes.length ? `${sizes.length}, ${Math.round(bytes / MB)} MB` : "none"}`,
      `Edited examples: ${edits.join(", ") || "none"}`,
      `Servers chosen: ${loadServers().join(", ") || "none"}`,
    ];
    list.replaceChildren(...lines.map((line) => h("li", {}, line)));
    remove.disabled = sizes.length === 0;
  }

  await fill();
  place.replaceChildren(list, remove, said);
}
