// A command for curl that sends what a client has sent.

/** What curl says by itself. */
const OWN = new Set(["host", "content-length", "user-agent", "connection", "accept-encoding"]);

/**
 * @param {string} sent all bytes of the client, a character for each
 * @param {string} origin such as `http://127.0.0.1:8000`
 * @returns {string | null} null where that is no request of HTTP/1, or where no shell can say its body
 */
export function curlOf(sent, origin) {
  const end = sent.indexOf("\r\n\r\n");
  const [line, ...lines] = sent.slice(0, Math.max(end, 0)).split("\r\n");
  const request = /^(\S+) (\S+) HTTP\/1\.[01]$/.exec(line);
  if (!request) return null;
  const headers = lines.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1).trim()]);
  const chunked = headers.some(([name, value]) => name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value));
  const length = Number(headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? 0);
  const body = chunked ? "" : sent.slice(end + 4, end + 4 + length);
  return body.includes("\0") ? null : command(request[1], origin + request[2], headers, body, []);
}

/**
 * @param {string} method
 * @param {string} url
 * @param {string[][]} headers
 * @param {string} body a character for each byte
 * @param {string[]} options
 */
export function command(method, url, headers, body, options) {
  const parts = ["curl --include --no-buffer", ...options];
  if (/[[\]{}]/.test(url)) parts.push("--globoff");
  if (url.includes("/.")) parts.push("--path-as-is");
  if (method === "HEAD") parts.push("--head");
  else if (method !== (body ? "POST" : "GET")) parts.push(`--request ${shell(method)}`);
  for (const [name, value] of headers) if (/^[\w-]+$/.test(name) && !OWN.has(name.toLowerCase())) parts.push(`--header ${shell(value ? `${name}: ${value}` : `${name};`)}`);
  if (body) {
    // curl would name a type of its own.
    if (!headers.some(([name]) => name.toLowerCase() === "content-type")) parts.push("--header 'Content-Type:'");
    parts.push(`--data-raw ${shell(body)}`); // --data would read a file for an @
  }
  return [...parts, shell(url)].join(" \\\n  ");
}

/** One word for a shell: what is not plain ASCII goes into $'…', which bash and zsh read. @param {string} text */
export function shell(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text.replace(/[^\x20-\x7e]|['\\]/g, (character) => `\\x${(character.charCodeAt(0) & 255).toString(16).padStart(2, "0")}`);
  return `$'${escaped}'`;
}
