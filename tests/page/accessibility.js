// What axe finds wrong in a page, or in a part of it: a line a rule, with the first places where it is broken.

// Material's own navigation holds a landmark without a name beside each code block, which only a
// copy of its templates would change.
const rules = { "landmark-unique": { enabled: false } };

/** @param {{target: string[], any: {message: string}[]}} node */
const place = ({ target, any }) => `${target} (${any[0]?.message ?? ""})`;

// What depends on the colour scheme.
const colours = { runOnly: ["color-contrast", "link-in-text-block"] };

// What is out of sight, and so is not drawn, would keep its colours until it is seen; and no colour
// is to be on its way from one to another.
const drawn = new CSSStyleSheet();
drawn.replaceSync("*, ::before, ::after { content-visibility: visible !important; transition: none !important; }");

/** Leaves one of the tokens of code that look alike: each takes axe as long as a paragraph does. */
function leaveOneOfEachKind() {
  const kinds = new Set();
  for (const token of document.querySelectorAll("pre code span:not(:has(*))")) {
    const { color, backgroundColor, fontWeight, fontStyle } = getComputedStyle(token);
    const ground = getComputedStyle(/** @type {Element} */ (token.closest("code"))).backgroundColor;
    const kind = [token.className, token.parentElement?.className, color, backgroundColor, fontWeight, fontStyle, ground].join();
    if (kinds.has(kind)) token.replaceWith(...token.childNodes);
    kinds.add(kind);
  }
  document.body.normalize();
}

/** Waits until no animation that ends is under way. */
async function settled() {
  await new Promise(requestAnimationFrame);
  const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/**
 * The page is not what it was afterwards: its code has lost colours, if it was looked at whole.
 * @param {Element} part of the page, or all of it
 * @param {boolean} coloursAlone whether only what depends on the colour scheme is looked at
 * @returns {Promise<string[]>}
 */
export async function findings(part, coloursAlone) {
  // Each example builds its buttons when it comes near the view, or is used.
  await customElements.whenDefined("runnable-example");
  for (const example of document.querySelectorAll("runnable-example"))
    void (/** @type {import("../../src/page/runnable-example.js").RunnableExample} */ (example).server);
  if (part === document.documentElement) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, drawn];
    leaveOneOfEachKind();
  }
  await settled();
  const axe = /** @type {any} */ (globalThis).axe; // its script has been run in the page
  const { violations } = await axe.run(part, { resultTypes: ["violations"], rules, ...(coloursAlone && colours) });
  return violations.map(
    (/** @type {any} */ { id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(place).join("; ")}`,
  );
}
