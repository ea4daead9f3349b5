// Sorts what an environ holds by who says so: the request, CGI, PEP 3333, the server, the machine.

import { itemsOf, repr } from "./values.js";

/** @import {Value} from "../shared/recording.js" */

/** @type {[string, RegExp][]} */
const GROUPS = [
  ["The request", /^(REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|CONTENT_TYPE|CONTENT_LENGTH|HTTP_.+)$/],
  ["From CGI: the server and the connection", /^(SERVER_NAME|SERVER_PORT|SERVER_PROTOCOL|SERVER_SOFTWARE|GATEWAY_INTERFACE|REMOTE_\w+|REQUEST_URI|RAW_URI)$/],
  ["WSGI's own", /^wsgi\./],
  ["The server's own", /^[a-z0-9_]+\./],
];
const REST = "Of the operating system's environment";

/** Each group's title, and its variables as text. @param {Value} environ @returns {[string, string][]} */
export function environGroups(environ) {
  /** @type {Map<string, string[]>} */
  const groups = new Map([...GROUPS.map(([title]) => title), REST].map((title) => [title, []]));
  for (const [key, value] of itemsOf(environ)) {
    const name = typeof key === "string" ? key : repr(key);
    const title = GROUPS.find(([, pattern]) => pattern.test(name))?.[0] ?? REST;
    groups.get(title)?.push(`${name} = ${repr(value)}`);
  }
  return [...groups].filter(([, lines]) => lines.length).map(([title, lines]) => [title, lines.sort().join("\n")]);
}
