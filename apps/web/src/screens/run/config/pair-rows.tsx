"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { cn } from "../../../parts/class-names.ts";
import { CopyButton } from "../../../parts/copy-button.tsx";

export interface PairRowsProps {
  pairs: readonly (readonly [name: string, value: string])[];
  /** Further controls at the end of a row. */
  tools?: ((name: string) => ReactNode) | undefined;
}

/** Names and values, one line each; long values open. */
export function PairRows({ pairs, tools }: PairRowsProps) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {pairs.map(([name, value]) => (
        <div
          key={name}
          className="group/pair flex min-h-8 items-start gap-3 px-3 py-1 text-sm hover:bg-hover/60"
        >
          <dt className="w-[38%] shrink-0 py-0.5 text-ink-2 [overflow-wrap:anywhere]">{name}</dt>
          <dd className="flex min-w-0 flex-1 items-start gap-2">
            <span className="min-w-0 flex-1 py-0.5">
              <LongValue value={value} />
            </span>
            <span className="flex shrink-0 gap-0.5 opacity-0 group-focus-within/pair:opacity-100 group-hover/pair:opacity-100 pointer-coarse:opacity-100">
              <CopyButton text={value} label={`Copy ${name}`} />
              {tools?.(name)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const longCharacters = 240;

function LongValue({ value }: { value: string }) {
  const [open, setOpen] = useState(false);
  const long = value.length > longCharacters;
  const shown = long && !open ? `${value.slice(0, longCharacters)}…` : value;
  return (
    <span
      className={cn("font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]")}
    >
      {shown === "" ? <span className="text-ink-3">empty</span> : shown}
      {long ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="ml-1.5 rounded-xs font-sans text-accent-ink hover:underline"
        >
          {open ? "less" : "all of it"}
        </button>
      ) : null}
    </span>
  );
}
