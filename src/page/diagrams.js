// Draws the page's diagrams: each `pre.diagram` holds Mermaid's text, which stays in place of a drawing that fails.
// With Mermaid this is as big as a page's all other scripts, so only a page that has a diagram fetches it.

import mermaid from "mermaid";

/** Drawings take the page's colours, as variables, so that they follow a change of scheme. */
const COLOURS = `
  .node .label-container, .node .label-container path { fill: var(--md-mermaid-node-bg-color); stroke: var(--md-mermaid-node-fg-color); }
  .cluster rect { fill: transparent; stroke: var(--md-default-fg-color--lighter); }
  .nodeLabel, .cluster-label text, .label text { fill: var(--md-mermaid-edge-color); }
  .edgeLabel text { fill: var(--md-mermaid-label-fg-color); }
  .edgeLabel rect { fill: var(--md-mermaid-label-bg-color); opacity: 1; }
  .flowchart-link, .edgePath .path { stroke: var(--md-mermaid-edge-color); }
  .marker, .arrowheadPath, .arrowMarkerPath { fill: var(--md-mermaid-edge-color); stroke: var(--md-mermaid-edge-color); }
`;

let drawn = 0;

export async function drawAll() {
  mermaid.initialize({
    startOnLoad: false,
    theme: "base",
    themeCSS: COLOURS,
    fontFamily: getComputedStyle(document.body).fontFamily,
    htmlLabels: false,
    flowchart: { wrappingWidth: 170 },
  });
  for (const block of document.querySelectorAll("pre.diagram")) {
    const { svg } = await mermaid.render(`diagram-${drawn++}`, block.textContent ?? "");
    const figure = document.createElement("figure");
    figure.className = "diagram";
    figure.innerHTML = svg;
    block.replaceWith(figure);
  }
}
