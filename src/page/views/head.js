// An answer's start line and headers, a line each.

import { h } from "./dom.js";

/** @import {Header} from "../shared/messages.js" */

/**
 * @param {string} startLine
 * @param {Header[]} headers
 * @returns {(Node | string)[]}
 */
export const headLines = (startLine, headers) => [
  h("strong", {}, startLine),
  ...headers.flatMap(([name, value]) => ["\n", h("span", { class: "runnable-name" }, name), `: ${value}`]),
];
