// The clock that waterfalls share: draws them all to one scale, in each frame while something goes on.

/**
 * What it draws. Times are in milliseconds; `from` and `to` say which part of the waterfall's own time is shown, and
 * `open` that it goes on.
 *
 * @typedef {object} Timed
 * @property {HTMLElement} element
 * @property {() => {from: number, to: number, open: boolean}} extent
 * @property {(from: number, to: number, span: number) => void} drawAt a span is as wide as the picture
 */

/** Where motion is not wanted, so often. */
const REDUCED_MS = 500;

export class Timeline {
  /** @type {Timed[]} */
  #waterfalls = [];
  #drawing = false;
  #reduced = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {Timed} waterfall */
  add(waterfall) {
    this.#waterfalls.push(waterfall);
    this.draw();
  }

  /** Draws none of them any more. */
  clear() {
    this.#waterfalls = [];
  }

  /** Draws in the next frame, once however often it is asked. */
  draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#drawing = false;
    const shown = this.#waterfalls.map((waterfall) => ({ waterfall, ...waterfall.extent() }));
    const span = Math.max(0.1, ...shown.map(({ from, to }) => to - from));
    for (const { waterfall, from, to } of shown) waterfall.drawAt(from, to, span);
    const goesOn = shown.some(({ waterfall: { element }, open }) => open && element.isConnected && element.checkVisibility());
    if (!goesOn) return;
    if (this.#reduced.matches) setTimeout(() => this.draw(), REDUCED_MS);
    else this.draw();
  }
}
