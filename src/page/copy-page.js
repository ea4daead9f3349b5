// "Copy page as Markdown": a button at the page's head, which copies the `index.md` that the build puts beside each page.

import { h } from "./views/dom.js";

const SHOWN_FOR = 4000; // ms
const LABEL = "Copy page as Markdown";

/** Puts the button beside the page's own buttons; a page without a source, such as that of a lost address, has none. */
export function offerCopy() {
  const edit = document.querySelector("a.md-content__button[rel=edit]");
  if (!edit || document.querySelector(".copy-page")) return;
  const address = new URL("index.md", location.href).href;
  const said = h("span", { class: "copy-page-status", role: "status" });
  let silence = 0;

  /** @param {...(Node | string)} what */
  const say = (...what) => {
    clearTimeout(silence);
    said.replaceChildren(...what);
  };
  const copy = async () => {
    say();
    try {
      // At once, and with a promise: Safari lets a page write only while it handles the click.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": fetchText(address) })]);
      say("Copied");
      silence = setTimeout(say, SHOWN_FOR);
    } catch (error) {
      console.warn("The page could not be copied:", error);
      say("Not copied. ", h("a", { href: address }, "Open the Markdown"));
    }
  };
  const button = h("button", { type: "button", class: "md-content__button md-icon copy-page", title: LABEL, "aria-label": LABEL, click: copy });
  edit.after(button, said);
}

/** @param {string} address */
async function fetchText(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP status ${response.status}`);
  return new Blob([await response.text()], { type: "text/plain" });
}
