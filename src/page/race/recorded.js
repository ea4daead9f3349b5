// A race that was recorded from a real server, as the recorder's entries: so a waterfall draws it like all others.

/** @import {RecordedRuns, RecordedRequest} from "../shared/example-data.js" */
/** @import {Entry} from "../shared/recording.js" */

/** Of the runs that were recorded, the largest that has no more requests than this race, or else the smallest. @param {RecordedRuns} race @param {number} count */
export function runLike({ runs }, count) {
  const bySize = runs.toSorted((one, other) => one.length - other.length);
  return bySize.findLast(({ length }) => length <= count) ?? bySize[0];
}

/** @param {RecordedRequest[]} run @returns {Entry[]} */
export function entriesOfRun(run) {
  return run.flatMap(([made, called, returned, done], n) => {
    const connection = n + 1;
    /** @param {string} kind @param {number} at */
    const entry = (kind, at) => ({ n: 0, kind, at, took: null, connection, request: connection, task: null, value: null });
    return [entry("connection.made", made), entry("wsgi.call", called), entry("wsgi.close", returned), entry("wire.sent", done), entry("connection.lost", done)];
  });
}
