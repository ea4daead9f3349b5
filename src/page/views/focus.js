// Keeps the keyboard's focus in the example, where the control that has it goes away or is disabled.

const CONTROLS = "button, input, select, textarea, summary, [tabindex='0'], [contenteditable='true']";

/** @param {Element} element */
const usable = (element) => element.isConnected && element.checkVisibility() && !element.matches(":disabled");

/**
 * Browsers leave the focus on nothing, and what is typed then is for the page's shortcuts. So it goes to the control
 * that is nearest.
 *
 * @param {HTMLElement} root
 */
export function keepFocus(root) {
  /** The control that has the focus, and what it lies in, the inmost first. @type {Element[]} */
  let path = [];
  root.addEventListener("focusin", ({ target }) => {
    path = [];
    for (let each = /** @type {Element | null} */ (target); each && each !== root; each = each.parentElement) path.push(each);
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget || !document.hasFocus()) return; // Another control has it, or another window.
    queueMicrotask(() => {
      if (path.length && usable(path[0])) path = []; // The reader has left it, for it is still there.
    });
  });
  new MutationObserver(() => {
    const [control] = path;
    const { activeElement } = document;
    if (!control || usable(control) || (activeElement !== control && activeElement !== document.body)) return;
    for (const around of [...path, root]) {
      if (!around.isConnected) continue;
      const next = [...around.querySelectorAll(CONTROLS)].find(usable);
      if (next instanceof HTMLElement) return next.focus({ preventScroll: true });
    }
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["hidden", "disabled", "open"] });
}
