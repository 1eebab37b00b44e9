"use client";

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { Ref } from "react";
import { filterExtensions } from "./filter-extensions.ts";
import type { FilterLanguage } from "./filter-language.ts";

/** What the frame around the editor can ask of it. */
export interface FilterCodeHandle {
  focus(): void;
}

export interface FilterCodeProps {
  text: string;
  onTextChange(text: string): void;
  onApply(text: string): void;
  language: FilterLanguage;
  label: string;
  placeholder: string;
  handle: Ref<FilterCodeHandle>;
}

/** The CodeMirror inside FilterEditor. Loaded only where a filter is shown. */
export function FilterCode(props: FilterCodeProps) {
  const { text, label, placeholder, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: filterExtensions({
          label,
          placeholder,
          language: () => latest.current.language,
          onChange: (next) => latest.current.onTextChange(next),
          onApply: (next) => latest.current.onApply(next),
          onLeave: () => editor.contentDOM.blur(),
        }),
      }),
    });
    view.current = editor;
    setRef(handle, { focus: () => editor.focus() });
    return () => {
      setRef(handle, null);
      editor.destroy();
    };
  }, [label, placeholder, handle]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  return <div ref={host} className="flex min-w-0 flex-1" />;
}

function setRef(ref: Ref<FilterCodeHandle>, value: FilterCodeHandle | null) {
  if (typeof ref === "function") ref(value);
  else if (ref) ref.current = value;
}
