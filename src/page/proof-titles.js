// A mark of proof shows where it leads when a pointer comes to it: its accessible name becomes its title.

addEventListener("pointerover", ({ target }) => {
  const mark = target instanceof Element && target.closest("a.proof:not([title])");
  if (mark) mark.setAttribute("title", mark.getAttribute("aria-label") ?? "");
});
