// What every page of the site runs: the elements of examples and of races, titles of marks, diagrams and a choice of servers where it has any, what the address leads to, and its Markdown to copy.

import "./proof-titles.js";
import "./request-race.js";
import "./runnable-example.js";
import { offerCopy } from "./copy-page.js";
import { revealTarget, targetOfAddress } from "./reveal.js";

async function drawDiagrams() {
  if (!document.querySelector("pre.diagram")) return;
  const { drawAll } = await import("./diagrams.js");
  await drawAll();
}

async function offerChoice() {
  if (!document.querySelector("form.capabilities-choice")) return;
  const { showChoice } = await import("./capabilities.js");
  showChoice();
  targetOfAddress()?.scrollIntoView(); // it has moved
}

async function showKept() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("div.kept-here"));
  if (!place) return;
  const { showKept } = await import("./kept-here.js");
  await showKept(place);
}

// Material's: it tells of each page that instant navigation puts in place, and of the first.
const { document$ } = /** @type {{document$: {subscribe(next: () => void): void}}} */ (/** @type {unknown} */ (globalThis));
document$.subscribe(() => {
  revealTarget();
  offerCopy();
  drawDiagrams().catch((error) => console.error("The page's diagrams stay text:", error));
  showKept().catch((error) => console.error("What the browser keeps cannot be listed:", error));
  offerChoice().catch((error) => console.error("The page shows all servers:", error));
});
addEventListener("hashchange", revealTarget);
