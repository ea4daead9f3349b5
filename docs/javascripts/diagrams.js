// Draws the page's diagrams: each `pre.diagram` holds Mermaid's text, which stays in place of a drawing that fails.

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

/** @param {HTMLElement[]} blocks */
async function draw(blocks) {
  // From this site, and only where there is something to draw: Mermaid is as big as a page's all other scripts.
  const source = new URL("../assets/mermaid/mermaid.js", import.meta.url).href;
  const { default: mermaid } = await import(source);
  mermaid.initialize({
    startOnLoad: false,
    theme: "base",
    themeCSS: COLOURS,
    fontFamily: getComputedStyle(document.body).fontFamily,
    htmlLabels: false,
    flowchart: { wrappingWidth: 170 },
  });
  for (const block of blocks) {
    const { svg } = await mermaid.render(`diagram-${drawn++}`, block.textContent);
    const figure = document.createElement("figure");
    figure.className = "diagram";
    figure.innerHTML = svg;
    block.replaceWith(figure);
  }
}

function drawAll() {
  const blocks = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("pre.diagram"));
  if (blocks.length) draw([...blocks]).catch((error) => console.error("The page's diagrams stay text:", error));
}

// Material's: it tells of each page that instant navigation puts in place, and of the first.
const { document$ } = /** @type {{document$: {subscribe(next: () => void): void}}} */ (/** @type {unknown} */ (globalThis));
document$.subscribe(drawAll);
