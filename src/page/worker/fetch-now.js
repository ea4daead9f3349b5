// Fetches a file of the runtime while the interpreter waits: for an import that misses a part of the library.

/** Before a program can take it away. */
const Request = self.XMLHttpRequest;

/**
 * A file that the lock lists. What is not that file is fetched once more, past what the browser keeps.
 *
 * @param {string} base the runtime's absolute URL
 * @param {import("../shared/types.js").RuntimeFile} file
 * @param {(data: Uint8Array) => string} hash SHA-256, in hexadecimal: the browser's own does not come at once
 */
export function fetchChecked(base, { file_name, sha256 }, hash) {
  for (const again of [false, true]) {
    const data = ask(base + file_name, again);
    if (hash(data) === sha256) return data;
  }
  throw new Error(`${file_name} did not come whole, or was changed on its way`);
}

/** @param {string} url @param {boolean} again */
function ask(url, again) {
  const request = new Request();
  request.open("GET", url, false);
  if (again) request.setRequestHeader("Cache-Control", "no-cache");
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    throw new Error("this site cannot be reached");
  }
  if (request.status !== 200) throw new Error(`HTTP status ${request.status}`);
  return new Uint8Array(request.response);
}
