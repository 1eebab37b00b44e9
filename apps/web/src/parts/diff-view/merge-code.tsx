"use client";

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { mergeTheme } from "./merge-theme.ts";

export interface MergeCodeProps {
  before: string;
  after: string;
  sideBySide: boolean;
}

const readOnly = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  lineNumbers(),
  mergeTheme,
];
const folding = { margin: 3, minSize: 6 };

/** The CodeMirror inside TextDiff. Loaded only where two texts are compared. */
export function MergeCode({ before, after, sideBySide }: MergeCodeProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    if (sideBySide) {
      const merge = new MergeView({
        a: { doc: before, extensions: readOnly },
        b: { doc: after, extensions: readOnly },
        parent,
        collapseUnchanged: folding,
      });
      return () => merge.destroy();
    }
    const unified = unifiedMergeView({
      original: before,
      mergeControls: false,
      collapseUnchanged: folding,
    });
    const view = new EditorView({ doc: after, extensions: [readOnly, unified], parent });
    return () => view.destroy();
  }, [before, after, sideBySide]);
  return <div ref={host} />;
}
