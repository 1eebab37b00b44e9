"use client";

import { CircleAlert, ListFilter, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useRef, useState } from "react";
import { cn } from "../class-names.ts";
import { InlineError } from "../error-panel.tsx";
import { useShortcut } from "../shortcuts/shortcut-registry.ts";
import type { FilterCodeHandle } from "./filter-code.tsx";
import type { FilterDiagnostic, FilterLanguage } from "./filter-language.ts";

const FilterCode = dynamic(() => import("./filter-code.tsx").then((module) => module.FilterCode), {
  ssr: false,
});

export interface FilterEditorProps extends FilterLanguage {
  /** The filter in force. */
  value: string;
  /** Enter, or emptying it: only ever called with a filter without faults. */
  onApply(text: string): void;
  label?: string | undefined;
  placeholder?: string | undefined;
  /** What the server had against the filter in force. */
  error?: string | undefined;
  className?: string | undefined;
}

/** The filter bar: "/" goes there, Enter applies, and what is wrong is said under the word. */
export function FilterEditor(props: FilterEditorProps) {
  const { value, onApply, lint, complete, label = "Filter", error, className } = props;
  const placeholder = props.placeholder ?? "metrics.accuracy > 0.9 AND params.optimizer = 'adam'";
  const [text, setText] = useState(value);
  const [tried, setTried] = useState(false);
  const code = useRef<FilterCodeHandle>(null);
  const language = useMemo(() => ({ lint, complete }), [lint, complete]);
  const faults = useMemo(() => lint(text), [lint, text]);
  useFollow(value, setText);
  useShortcut({ keys: "/", label: "Filter", group: "This page", run: () => code.current?.focus() });
  const apply = (next: string) => {
    setTried(true);
    if (lint(next).length === 0) onApply(next.trim());
  };
  const change = (next: string) => {
    setText(next);
    setTried(false);
    if (next.trim() === "" && value !== "") onApply("");
  };
  const dirty = text.trim() !== value;
  const settled = useSettled(text);
  return (
    <div className={cn("group/filter relative min-w-0", className)}>
      <div
        className={cn(
          "flex h-8 items-center gap-2 rounded-md border border-line-strong/70 bg-surface pr-1 pl-2.5 transition-colors focus-within:border-focus focus-within:outline-1 focus-within:outline-focus hover:border-line-strong",
          faults.length > 0 &&
            tried &&
            "border-bad focus-within:border-bad focus-within:outline-bad",
        )}
      >
        <ListFilter className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        <FilterCode
          text={text}
          onTextChange={change}
          onApply={apply}
          language={language}
          label={label}
          placeholder={placeholder}
          handle={code}
        />
        {dirty && faults.length === 0 ? (
          <kbd className="shrink-0 text-xs text-ink-3">↵ apply</kbd>
        ) : null}
        {faults.length > 0 ? (
          <CircleAlert className="size-3.5 shrink-0 text-bad" aria-hidden />
        ) : null}
        {text === "" ? null : <ClearButton onClear={() => change("")} />}
      </div>
      <FaultLine text={text} faults={faults} tried={tried || settled} />
      {error && !dirty ? <InlineError className="mt-1">{error}</InlineError> : null}
    </div>
  );
}

/** The text follows the filter in force when that changes elsewhere: the address, a saved view. */
function useFollow(value: string, setText: (text: string) => void) {
  const known = useRef(value);
  useEffect(() => {
    if (known.current === value) return;
    known.current = value;
    setText(value);
  }, [value, setText]);
}

function ClearButton({ onClear }: { onClear(): void }) {
  return (
    <button
      type="button"
      aria-label="Clear the filter"
      title="Clear the filter"
      onClick={onClear}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
    >
      <X className="size-3.5" aria-hidden />
    </button>
  );
}

/** Whether nothing was written for a moment. */
function useSettled(text: string): boolean {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 900);
    return () => clearTimeout(timer);
  }, [text]);
  return settled === text;
}

interface FaultLineProps {
  text: string;
  faults: readonly FilterDiagnostic[];
  /** Enter was pressed, or nothing was written for a moment. */
  tried: boolean;
}

/** The first fault in words, over what is below while the editor has the focus. */
function FaultLine({ text, faults, tried }: FaultLineProps) {
  const fault = faults[0];
  // The word that is being written is not finished, so it is not wrong yet.
  if (!fault || (!tried && fault.to >= text.trimEnd().length)) return null;
  const word = text.slice(fault.from, fault.to).trim();
  return (
    <div className="absolute inset-x-0 top-full z-20 mt-1 hidden rounded-md bg-raised px-2.5 py-1.5 shadow-pop group-focus-within/filter:block group-has-[.cm-tooltip-autocomplete]/filter:hidden">
      <InlineError>
        {word ? <code className="mr-1 rounded-xs bg-bad-soft px-1 font-mono">{word}</code> : null}
        {fault.message}
      </InlineError>
    </div>
  );
}
