// Opens the tab that holds what the address leads to: a browser does not scroll to what is hidden.

/** Opens it, and scrolls there. Without such a tab it does nothing. */
export function revealTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  /** @type {Element | null | undefined} */
  let block = target?.closest(".tabbed-block");
  if (!target || !block || target.checkVisibility()) return;
  while (block) {
    const tab = [...(block.parentElement?.children ?? [])].indexOf(block);
    /** @type {Element | null} */
    const tabs = block.closest(".tabbed-set");
    tabs?.querySelectorAll(":scope > input")[tab]?.dispatchEvent(new MouseEvent("click"));
    block = tabs?.parentElement?.closest(".tabbed-block");
  }
  target.scrollIntoView();
}
