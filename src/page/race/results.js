// What came of a racer's requests, in numbers and in words.

import { duration } from "../views/body.js";

/**
 * Times are in milliseconds since the requests were sent.
 *
 * @typedef {object} Result
 * @property {string} title the racer's
 * @property {number} requests how many were sent
 * @property {number} answered
 * @property {number} total until the last was answered
 * @property {number} longestWait until the application was called
 */

/** The cells of a row: answers, total, longest wait, requests a second. @param {Result} result */
export function cells({ requests, answered, total, longestWait }) {
  return [
    answered === requests ? String(requests) : `${answered} of ${requests}`,
    answered ? duration(total) : "–",
    answered ? duration(longestWait) : "–",
    answered ? rate(answered, total) : "–",
  ];
}

/** Requests a second, in two digits or more. @param {number} answered @param {number} total */
function rate(answered, total) {
  const aSecond = answered / (Math.max(total, 1) / 1000);
  return aSecond < 100 ? aSecond.toPrecision(2) : aSecond.toFixed();
}

/** Who was first, in a sentence. @param {Result[]} results */
export function verdict(results) {
  const whole = results.filter(({ answered, requests }) => answered === requests);
  if (!whole.length) return "The race is over: nobody has answered all requests.";
  const first = whole.reduce((best, each) => (each.total < best.total ? each : best));
  return `The race is over. First: ${first.title}, after ${duration(first.total)}.`;
}
