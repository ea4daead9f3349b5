// What a reader chooses from in an instrument: a list that grows at its end, and forgets at its beginning.

import { h } from "../views/dom.js";

/**
 * Has a choice offer these; what stays the same is left alone, for a reader may be choosing.
 *
 * @param {HTMLSelectElement} choice @param {{value: string, label: string}[]} offers @param {string | null} chosen
 */
export function offer(choice, offers, chosen) {
  const { options } = choice;
  for (const [n, { value, label }] of offers.entries()) {
    if (options[n]?.value === value) continue;
    const option = h("option", { value }, label);
    if (options[n]) options[n].replaceWith(option);
    else choice.append(option);
  }
  while (options.length > offers.length) options[options.length - 1].remove();
  choice.disabled = !offers.length;
  if (chosen !== null) choice.value = chosen;
}

/** Whether a reader who has chosen wants to stay there: with the newest, what comes later is shown. @param {HTMLSelectElement} choice */
export const stays = ({ selectedIndex, options }) => selectedIndex !== options.length - 1;
