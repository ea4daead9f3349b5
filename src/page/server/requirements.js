// What a program's header asks for (PEP 723): a reader may change it, among the packages that the site has.

const BLOCK = /^# \/\/\/ script\n((?:#(?: .*)?\n)+?)# \/\/\/$/m;
const DEPENDENCIES = /^dependencies *= *\[((?:\s|,|#.*|"[^"]*"|'[^']*')*)\]/m;

/**
 * The names of the packages, normalized, without versions and extras: the site has one version of each.
 *
 * @param {string} source
 * @returns {string[] | null} null where there is no header that can be read
 */
export function requirementsOf(source) {
  const header = BLOCK.exec(source)?.[1].replace(/^# ?/gm, "") ?? "";
  const list = DEPENDENCIES.exec(header);
  if (!list) return null;
  const names = list[1].replace(/#.*/g, "").matchAll(/["']\s*([\w.-]+)/g);
  return [...names].map(([, name]) => name.toLowerCase().replace(/[-_.]+/g, "-"));
}
