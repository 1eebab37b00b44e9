"use client";

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { mergeTheme } from "./merge-theme.ts";

export interface MergeCodeProps {
  before: string;
  after: string;
  /** What the two texts are. */
  beforeLabel: string;
  afterLabel: string;
  sideBySide: boolean;
}

function named(label: string) {
  return EditorView.contentAttributes.of({ "aria-label": label });
}

const readOnly = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  lineNumbers(),
  mergeTheme,
];
const folding = { margin: 3, minSize: 6 };

/** The CodeMirror inside TextDiff. Loaded only where two texts are compared. */
export function MergeCode({ before, after, sideBySide, ...labels }: MergeCodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const { beforeLabel, afterLabel } = labels;
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    if (sideBySide) {
      const merge = new MergeView({
        a: { doc: before, extensions: [readOnly, named(beforeLabel)] },
        b: { doc: after, extensions: [readOnly, named(afterLabel)] },
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
    const view = new EditorView({
      doc: after,
      extensions: [readOnly, unified, named(afterLabel)],
      parent,
    });
    return () => view.destroy();
  }, [before, after, sideBySide, beforeLabel, afterLabel]);
  return <div ref={host} />;
}
