// What every page of the site runs: the example's element, diagrams where it has any, the tab that the address leads to, and its Markdown to copy.

import "./runnable-example.js";
import { offerCopy } from "./copy-page.js";
import { revealTarget } from "./reveal.js";

async function drawDiagrams() {
  if (!document.querySelector("pre.diagram")) return;
  const { drawAll } = await import("./diagrams.js");
  await drawAll();
}

// Material's: it tells of each page that instant navigation puts in place, and of the first.
const { document$ } = /** @type {{document$: {subscribe(next: () => void): void}}} */ (/** @type {unknown} */ (globalThis));
document$.subscribe(() => {
  revealTarget();
  offerCopy();
  drawDiagrams().catch((error) => console.error("The page's diagrams stay text:", error));
});
addEventListener("hashchange", revealTarget);
