// The page of what each server can do: shows the servers and capabilities that the reader chose, and keeps the choice in the address.

import { isWanted, readChoice, writeChoice } from "./capabilities-choice.js";
import { targetOfAddress } from "./reveal.js";

/** @import { Choice } from "./capabilities-choice.js" */

const FORM = "form.capabilities-choice";
const PHONE = "(max-width: 44.984375em)"; // as in styles/capabilities.css

/** @param {HTMLFormElement} form */
function fields(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=server]")]);
  const find = /** @type {HTMLInputElement} */ (form.elements.namedItem("find"));
  const differs = /** @type {HTMLInputElement} */ (form.elements.namedItem("differs"));
  const known = boxes.map(({ value }) => value);
  const few = (form.dataset.onAPhone ?? "").split(" ");
  const unsaid = matchMedia(PHONE).matches ? known.filter((name) => few.includes(name)) : known;
  return { boxes, find, differs, known, unsaid };
}

/** Shows what the address says. On another page it does nothing. */
export function showChoice() {
  const form = document.querySelector(FORM);
  if (!(form instanceof HTMLFormElement)) return;
  const { boxes, find, differs, known, unsaid } = fields(form);
  const choice = readChoice(location.search, known, unsaid);
  for (const box of boxes) box.checked = choice.servers.includes(box.value);
  find.value = choice.find;
  differs.checked = choice.differs;
  show(form, choice);
}

/** Shows what the form says, and writes it into the address. @param {HTMLFormElement} form */
function follow(form) {
  const { boxes, find, differs, unsaid } = fields(form);
  const servers = boxes.filter(({ checked }) => checked).map(({ value }) => value);
  const choice = { servers, find: find.value.trim(), differs: differs.checked };
  const address = new URL(location.href);
  address.search = writeChoice(choice, address.search, unsaid);
  history.replaceState(history.state, "", address); // the state is Material's: where the page was scrolled to
  show(form, choice);
}

/** @param {HTMLFormElement} form @param {Choice} choice */
function show(form, choice) {
  const target = targetOfAddress();
  let shown = 0;
  let all = 0;
  for (const group of document.querySelectorAll(".capability-group")) {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll("[data-server]")))
      place.hidden = !choice.servers.includes(place.dataset.server ?? "");
    /** @type {HTMLTableSectionElement[]} */
    const capabilities = [...group.querySelectorAll("tbody")];
    for (const capability of capabilities) {
      const [title, question] = capability.querySelectorAll("th, .capability-question");
      const values = [...capability.querySelectorAll("td:not([hidden]) > a")].map(({ textContent }) => textContent ?? "");
      // What the address leads to is shown, whatever was chosen.
      capability.hidden = !isWanted(`${title.textContent} ${question.textContent}`, values, choice) && !capability.contains(target);
    }
    const columns = group.querySelectorAll("thead th:not([hidden])").length;
    for (const seen of /** @type {NodeListOf<HTMLTableCellElement>} */ (group.querySelectorAll(".capability-seen > td")))
      seen.colSpan = columns;
    const number = capabilities.filter(({ hidden }) => !hidden).length;
    const [summary, table] = /** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll(":scope > *"));
    summary.textContent = `${number} of ${capabilities.length} capabilities`;
    table.hidden = !number;
    shown += number;
    all += capabilities.length;
  }
  const output = form.querySelector("output");
  if (output) output.textContent = `${shown} of ${all} capabilities, ${choice.servers.length} servers`;
}

document.addEventListener("input", ({ target }) => {
  const form = target instanceof HTMLElement && target.closest(FORM);
  if (form instanceof HTMLFormElement) follow(form);
});
document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches(FORM)) event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLButtonElement) || !target.form?.matches(FORM)) return;
  for (const box of fields(target.form).boxes) box.checked = target.value === "all";
  follow(target.form);
});
for (const type of ["popstate", "hashchange"]) addEventListener(type, showChoice);
