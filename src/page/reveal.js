// Opens what holds the place that the address leads to, a tab or what else opens by a click: a browser does not scroll to what is hidden.

/** The element that the address leads to. */
export const targetOfAddress = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

/** Opens all that holds it, and scrolls there. Where nothing is hidden it does nothing. */
export function revealTarget() {
  const target = targetOfAddress();
  if (!target || target.checkVisibility()) return;
  for (let place = target.parentElement; place; place = place.parentElement) {
    if (place instanceof HTMLDetailsElement) place.open = true;
    if (!place.matches(".tabbed-block")) continue;
    const tab = [...(place.parentElement?.children ?? [])].indexOf(place);
    place.closest(".tabbed-set")?.querySelectorAll(":scope > input")[tab]?.dispatchEvent(new MouseEvent("click"));
  }
  target.scrollIntoView();
}
