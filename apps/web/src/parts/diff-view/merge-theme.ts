import { EditorView } from "@codemirror/view";

/** CodeMirror's merge view in our colours. */
export const mergeTheme = EditorView.theme({
  "&": { fontSize: "12px", backgroundColor: "transparent" },
  ".cm-scroller": { fontFamily: "var(--font-geist-mono), monospace", lineHeight: "18px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "none" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": {
    backgroundColor: "color-mix(in oklab, var(--bad-soft) 60%, transparent)",
  },
  "&.cm-merge-b .cm-changedLine, .cm-insertedLine": {
    backgroundColor: "color-mix(in oklab, var(--good-soft) 60%, transparent)",
  },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in oklab, var(--bad) 20%, transparent)",
  },
  "&.cm-merge-b .cm-changedText": {
    background: "color-mix(in oklab, var(--good) 22%, transparent)",
  },
  ".cm-collapsedLines": {
    background: "var(--sunken)",
    color: "var(--ink-2)",
    fontFamily: "var(--font-geist-sans), sans-serif",
    padding: "2px 12px",
  },
});
