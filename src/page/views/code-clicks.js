// Tells where in the code a reader clicks, to edit there.

/**
 * @param {HTMLElement} block the highlighted code
 * @param {(offset: number) => void} onClick gets the place in the source, in characters as JavaScript counts
 */
export function watchClicks(block, onClick) {
  // A press gives it the focus: what is typed then is typed in the example, and no shortcut of the page.
  block.tabIndex = -1;
  const code = block.querySelector("code");
  code?.addEventListener("click", ({ clientX, clientY }) => {
    // What is selected is to be copied.
    if (getSelection()?.isCollapsed ?? true) onClick(offsetAt(code, clientX, clientY));
  });
}

/**
 * @param {HTMLElement} code
 * @param {number} x
 * @param {number} y
 */
function offsetAt(code, x, y) {
  const [node, offset] = caretAt(x, y);
  if (!node || !code.contains(node)) return 0;
  const before = document.createRange();
  before.setStart(code, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {[Node | null, number]}
 */
function caretAt(x, y) {
  if (!document.caretPositionFromPoint) {
    const range = document.caretRangeFromPoint?.(x, y); // WebKit's, older
    return [range?.startContainer ?? null, range?.startOffset ?? 0];
  }
  const place = document.caretPositionFromPoint(x, y);
  return [place?.offsetNode ?? null, place?.offset ?? 0];
}
