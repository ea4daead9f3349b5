// The code editor, which a page fetches only when a reader edits.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** @typedef {{value: string, focus(offset?: number): void, destroy(): void}} Editor */

/** What may lie over the editor, at the top and at the bottom of the window. */
const COVERED_PX = 96;

/** The page's own colours, so that an edited block looks like the others, in light and dark. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--md-code-hl-keyword-color)" },
  { tag: [tags.string, tags.special(tags.string), tags.docString], color: "var(--md-code-hl-string-color)" },
  { tag: tags.number, color: "var(--md-code-hl-number-color)" },
  { tag: [tags.bool, tags.null, tags.self], color: "var(--md-code-hl-constant-color)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: "var(--md-code-hl-function-color)" },
  { tag: [tags.operator, tags.derefOperator], color: "var(--md-code-hl-operator-color)" },
  { tag: tags.punctuation, color: "var(--md-code-hl-punctuation-color)" },
  { tag: tags.comment, color: "var(--md-code-hl-comment-color)" },
]);

/**
 * Makes a Python editor. Tab indents, so that the keyboard leaves it by Escape.
 *
 * @param {object} options
 * @param {HTMLElement} options.parent
 * @param {string} options.doc
 * @param {string} options.label what a screen reader calls it
 * @param {(source: string) => void} options.onChange
 * @param {() => void} options.onRun Ctrl-Enter or Command-Enter was pressed
 * @param {() => void} options.onLeave Escape was pressed, and there was nothing else to leave: a search, a selection
 * @returns {Editor}
 */
export function createEditor({ parent, doc, label, onChange, onRun, onLeave }) {
  const runs = { key: "Mod-Enter", run: () => (onRun(), true) };
  const leaves = { key: "Escape", run: () => (onLeave(), true) };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        drawSelection(),
        history(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of("    "),
        search({ top: true }),
        pythonLanguage,
        syntaxHighlighting(colours),
        keymap.of([runs, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab, leaves]),
        EditorView.contentAttributes.of({ "aria-label": `${label}. Control-Enter runs it, Escape leaves the editor.` }),
        // The caret is to be seen: Material's header lies over the page's top, the toolbar over its end.
        EditorView.scrollMargins.of(() => ({ top: COVERED_PX, bottom: COVERED_PX })),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get value() {
      return view.state.doc.toString();
    },
    set value(source) {
      if (source !== this.value) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    },
    focus(offset) {
      if (offset !== undefined) view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
