// Archives are unpacked as Python's zipfile writes them: stored and deflated, with folders and comments.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { unzip } from "../../../src/page/worker/unzip.js";

const WRITE = `
import sys, zipfile
archive = zipfile.ZipFile(sys.stdout.buffer, "w")
archive.comment = b"a comment"
archive.mkdir("folder")
archive.writestr("folder/deflated.txt", "hello " * 1000, zipfile.ZIP_DEFLATED)
archive.writestr("stored.bin", bytes(range(256)), zipfile.ZIP_STORED)
archive.writestr("na\\u00efve.txt", "", zipfile.ZIP_DEFLATED)
archive.close()
`;

test("files come out as they went in, and folders are left out", async () => {
  const files = await unzip(new Uint8Array(execFileSync("python", ["-c", WRITE])));
  assert.deepEqual(
    files.map(({ path, data }) => [path, data.length]),
    [
      ["folder/deflated.txt", 6000],
      ["stored.bin", 256],
      ["naïve.txt", 0],
    ],
  );
  assert.equal(new TextDecoder().decode(files[0].data), "hello ".repeat(1000));
  assert.deepEqual(new Uint8Array(files[1].data), Uint8Array.from({ length: 256 }, (_, byte) => byte));
});

test("what is no archive is refused", async () => {
  await assert.rejects(unzip(new Uint8Array(100)), /not a zip file/);
  await assert.rejects(unzip(new Uint8Array()), /not a zip file/);
});
