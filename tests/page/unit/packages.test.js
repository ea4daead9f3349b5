// What a server adds to the download: with what its packages need, without what is here.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { bytesToFetch, noteFetched } from "../../../src/page/server/packages.js";

const PACKAGES = {
  runnable: { size: 1, depends: [] },
  h11: { size: 10, depends: [] },
  uvicorn: { size: 100, depends: ["h11", "click"] },
  click: { size: 1000, depends: [] },
  hypercorn: { size: 10_000, depends: ["h11", "h2"] },
  h2: { size: 100_000, depends: ["h11"] },
  django: { size: 1_000_000, depends: [] },
};
/** What the standard library has beyond its common part. */
const stdlib = { more: { size: 10_000_000, for: ["django"] } };

/** @param {Response} response */
const answer = (response) => mock.method(globalThis, "fetch", async () => response);

test("counts packages with what they need, and fetches the list once", async () => {
  answer(new Response("busy", { status: 503 }));
  await assert.rejects(bytesToFetch(["uvicorn"], []), /lock\.json could not be fetched: HTTP status 503/);

  const fetched = answer(Response.json({ packages: PACKAGES, stdlib })); // a failure is not kept
  assert.equal(await bytesToFetch(["uvicorn"], []), 1110);
  assert.equal(await bytesToFetch(["hypercorn"], ["uvicorn"]), 110_000);
  assert.equal(await bytesToFetch(["uvicorn"], ["uvicorn"]), 0);
  assert.equal(fetched.mock.callCount(), 1);

  assert.equal(await bytesToFetch(["django"], []), 11_000_000);
  assert.equal(await bytesToFetch(["django"], ["django"]), 0);

  noteFetched(["h2"]);
  assert.equal(await bytesToFetch(["hypercorn"], []), 10_000);
});
