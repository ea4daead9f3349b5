// What axe finds wrong in the page: a line a rule, with the first places where it is broken.

// Material's own navigation holds a landmark without a name beside each code block, which only a
// copy of its templates would change.
const rules = { "landmark-unique": { enabled: false } };

/** @param {{target: string[], any: {message: string}[]}} node */
const place = ({ target, any }) => `${target} (${any[0]?.message ?? ""})`;

/** @returns {Promise<string[]>} */
export async function findings() {
  // Each example builds its buttons when it comes near the view, or is used.
  await customElements.whenDefined("runnable-example");
  for (const example of document.querySelectorAll("runnable-example"))
    void (/** @type {import("../../src/page/runnable-example.js").RunnableExample} */ (example).server);
  const axe = /** @type {any} */ (globalThis).axe; // its script has been run in the page
  const { violations } = await axe.run({ resultTypes: ["violations"], rules });
  return violations.map(
    (/** @type {any} */ { id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(place).join("; ")}`,
  );
}
