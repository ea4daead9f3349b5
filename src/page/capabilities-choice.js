// What a reader compares on the page of what each server can do, and how an address says it.

/**
 * What is compared.
 *
 * @typedef {object} Choice
 * @property {string[]} servers
 * @property {string} find words that the capability's text must have
 * @property {boolean} differs whether the servers must differ in it
 */

/**
 * Reads the query of an address. A server that is not known does not count.
 *
 * @param {string} query
 * @param {string[]} known all servers
 * @param {string[]} unsaid the servers where the query names none
 * @returns {Choice}
 */
export function readChoice(query, known, unsaid) {
  const given = new URLSearchParams(query);
  const named = new Set(given.get("servers")?.split(" "));
  const servers = known.filter((name) => named.has(name));
  return { servers: servers.length ? servers : unsaid, find: given.get("find") ?? "", differs: given.has("differs") };
}

/**
 * Writes a choice into a query, and keeps what else stands there.
 *
 * @param {Choice} choice
 * @param {string} query
 * @param {string[]} unsaid
 */
export function writeChoice({ servers, find, differs }, query, unsaid) {
  const given = new URLSearchParams(query);
  for (const name of ["servers", "find", "differs"]) given.delete(name);
  if (servers.join() !== unsaid.join()) given.set("servers", servers.join(" "));
  if (find) given.set("find", find);
  if (differs) given.set("differs", "yes");
  return given.toString();
}

/**
 * Tells whether a capability is to be shown. One that none of the servers was asked for never is.
 *
 * @param {string} text what is said of it
 * @param {string[]} values what the chosen servers answer
 * @param {Choice} choice
 */
export function isWanted(text, values, { find, differs }) {
  const words = find.toLowerCase().trim().split(/\s+/);
  const said = text.toLowerCase();
  return new Set(values).size > (differs ? 1 : 0) && words.every((word) => said.includes(word));
}
