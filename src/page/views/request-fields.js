// Reads what a reader typed into the request bar, and says plainly what is wrong with it.

/** @import {Header} from "../shared/messages.js" */

/** A mistake in one field, in words for the reader. */
export class FieldError extends Error {}

/**
 * A request's target as it goes on the wire: what is not ASCII is percent-encoded, as browsers do.
 *
 * @param {string} typed
 * @throws {FieldError}
 */
export function parsePath(typed) {
  if (!typed.startsWith("/")) throw new FieldError(`A path starts with a slash: /${typed.trim()}`);
  if (typed.includes("#")) throw new FieldError("What follows # is never sent to a server: write %23 for the sign itself.");
  const broken = /%(?![0-9a-f]{2}).{0,2}/i.exec(typed);
  if (broken)
    throw new FieldError(`${broken[0]} is no escape: two hexadecimal digits follow a %. Write %25 for the sign itself.`);
  return typed.replace(/[^!-~]+/gu, (text) => encodeURIComponent(text.toWellFormed()));
}

/**
 * @param {string} typed a "Name: value" on each line
 * @returns {Header[]}
 * @throws {FieldError}
 */
export function parseHeaders(typed) {
  return typed
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon);
      // A header's name is a token: RFC 9110, 5.6.2.
      if (colon < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        throw new FieldError(`“${line.trim()}” is not a header. Write one a line, like Accept: text/plain`);
      const value = line.slice(colon + 1).trim();
      if (/[^\t -~\u0080-\u00ff]/.test(value)) throw new FieldError(`The value of ${name} holds a character that headers cannot carry.`);
      return [name, value];
    });
}
