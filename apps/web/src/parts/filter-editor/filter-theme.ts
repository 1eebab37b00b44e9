import { EditorView } from "@codemirror/view";

/** The editor in the look of our inputs. */
export const filterTheme = EditorView.theme({
  "&": { flex: "1", minWidth: "0", fontSize: "13px", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-geist-mono), monospace",
    lineHeight: "28px",
    // The cursor scrolls it; a box that also scrolls by itself would have to be a tab stop.
    overflowX: "hidden",
  },
  ".cm-content": { padding: "0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.5px" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".filter-keyword": { color: "var(--code-token-keyword)" },
  ".filter-string": { color: "var(--code-token-string)" },
  ".filter-number": { color: "var(--code-token-constant)" },
  ".filter-operator": { color: "var(--ink-2)" },
  ".filter-entity": { color: "var(--code-token-function)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad) 1px",
    textUnderlineOffset: "4px",
  },
  ".cm-tooltip": {
    border: "none",
    borderRadius: "7px",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    boxShadow: "var(--elevation-pop)",
    overflow: "hidden",
  },
  ".cm-tooltip-autocomplete": { marginTop: "7px" },
  ".cm-tooltip-lint": { padding: "2px", fontFamily: "var(--font-geist-sans), sans-serif" },
  ".cm-diagnostic-error": { borderLeft: "none", padding: "4px 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-geist-mono), monospace",
    fontSize: "13px",
    maxHeight: "280px",
    minWidth: "240px",
    padding: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    justifyContent: "space-between",
    gap: "24px",
    padding: "4px 8px",
    borderRadius: "5px",
    lineHeight: "18px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--hover)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": {
    textDecoration: "none",
    fontWeight: "600",
    color: "var(--accent-ink)",
  },
  ".cm-completionDetail": {
    color: "var(--ink-3)",
    fontStyle: "normal",
    fontFamily: "var(--font-geist-sans), sans-serif",
    marginLeft: "0",
  },
});
