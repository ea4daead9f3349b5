// How many interpreters a device can hold at once, and which racers therefore run together.

/** Of an interpreter that serves an example, in MiB, as it was measured. */
const INTERPRETER = 75;
/** Of the device's memory, so much at the most is taken. */
const SHARE = 1 / 8;
/** Where the browser does not say how much there is, in GiB. */
const USUAL_MEMORY = 4;

/** @typedef {{deviceMemory?: number, connection?: {saveData: boolean}}} Device */

/**
 * How many interpreters may run at once; 1 at the least.
 *
 * @param {Device} device the browser's navigator
 */
export function mostInterpreters({ deviceMemory = USUAL_MEMORY }) {
  return Math.max(1, Math.floor((deviceMemory * 1024 * SHARE) / INTERPRETER));
}

/**
 * Why a device does not offer so many workers; "" where it does.
 *
 * @param {number} workers
 * @param {Device} device
 */
export function refusal(workers, device) {
  if (workers > 1 && device.connection?.saveData) return "Left out: your browser asks to save data.";
  const most = mostInterpreters(device);
  return workers > most ? `Left out: this device has memory for ${most} ${most === 1 ? "worker" : "workers"} at once.` : "";
}

/**
 * Puts racers into heats, in their order: what runs at once has as many interpreters as the device can hold.
 *
 * @template {{workers: number}} Racer
 * @param {Racer[]} racers none with more workers than that
 * @param {number} most
 * @returns {Racer[][]}
 */
export function heatsOf(racers, most) {
  /** @type {Racer[][]} */
  const heats = [];
  let left = 0;
  for (const racer of racers) {
    if (racer.workers > left) {
      heats.push([]);
      left = most;
    }
    heats[heats.length - 1].push(racer);
    left -= racer.workers;
  }
  return heats;
}
