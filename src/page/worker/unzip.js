// Reads a zip archive with what browsers have, so that it is unpacked before Python has started.

import { readAll } from "../shared/bytes.js";

/** @typedef {{path: string, data: Uint8Array<ArrayBuffer>}} File */

/**
 * The files of one of the runtime's archives: its one entry is the archive itself, so that it is compressed as one.
 *
 * @param {Uint8Array<ArrayBuffer>} archive
 */
export async function unzipRuntime(archive) {
  const [{ data }] = await unzip(archive);
  return unzip(data);
}

/**
 * The archive's files; folders are left out.
 *
 * Reads the central directory (PKWARE's APPNOTE.TXT, 4.3.12), stored and deflated entries, no Zip64, no encryption.
 *
 * @param {Uint8Array<ArrayBuffer>} archive
 * @returns {Promise<File[]>}
 */
export async function unzip(archive) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("An archive of the runtime is not a zip file.");
  const files = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    const header = view.getUint32(at + 42, true);
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const packed = archive.subarray(start, start + view.getUint32(at + 20, true));
    if (!path.endsWith("/")) files.push(inflate(path, packed, view.getUint16(at + 10, true)));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return Promise.all(files);
}

/**
 * @param {string} path
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {number} method 0 is stored, 8 is deflated
 * @returns {Promise<File>}
 */
async function inflate(path, packed, method) {
  if (method === 0) return { path, data: packed };
  // A Blob's stream and a Response around it would be shorter, and take four times as long: 0.9 ms a file.
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const [data] = await Promise.all([readAll(readable), writer.write(packed), writer.close()]);
  return { path, data };
}
