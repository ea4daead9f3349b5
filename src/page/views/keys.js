// Keeps what is typed in an element from the page: Material has shortcuts, and turns to the next page at an "n".

/** @param {HTMLElement} element */
export function keepKeys(element) {
  element.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
}
