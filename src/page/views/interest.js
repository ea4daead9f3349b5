// Tells when a reader seems about to use something, so that what takes long can start early.

/** A pointer that only passes over a button is no sign of interest. */
const STAYS_MS = 120;

/**
 * Calls back when the pointer rests on a button or the keyboard's focus is in its toolbar; never where the reader
 * asked the browser to save data.
 *
 * @param {HTMLElement} button
 * @param {HTMLElement} toolbar
 * @param {() => void} onInterest
 */
export function watchInterest(button, toolbar, onInterest) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const arrive = () => {
    const { connection } = /** @type {{connection?: {saveData: boolean}}} */ (navigator);
    if (!connection?.saveData) timer = setTimeout(onInterest, STAYS_MS);
  };
  const leave = () => clearTimeout(timer);
  button.addEventListener("pointerenter", arrive);
  button.addEventListener("pointerleave", leave);
  toolbar.addEventListener("focusin", arrive);
  toolbar.addEventListener("focusout", leave);
}
