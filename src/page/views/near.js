// Tells when an element comes near the view: within a screen of it, above or below, or shown in a tab.

/** @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
    }
  },
  { rootMargin: "100% 0px" },
);

/**
 * Calls back once.
 *
 * @param {Element} element
 * @param {() => void} onNear
 */
export function whenNear(element, onNear) {
  waiting.set(element, onNear);
  observer.observe(element);
}
