"use client";

import { Input } from "../../../parts/input.tsx";
import { commandLine, readCommand } from "../command-words.ts";
import { commandFlags, withFlag } from "./command-flags.ts";

const most = 30;

export interface FlagFieldsProps {
  command: string;
  onChange(command: string): void;
}

/** The command's named arguments, one field each: what is mostly changed between two runs. */
export function FlagFields({ command, onChange }: FlagFieldsProps) {
  const read = readCommand(command);
  const words = "words" in read ? read.words : [];
  const flags = commandFlags(words).slice(0, most);
  if (flags.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">Arguments</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,180px),1fr))] gap-2">
        {flags.map((flag) => (
          <label key={flag.at} className="flex min-w-0 flex-col gap-0.5">
            <span title={flag.name} className="truncate font-mono text-xs text-ink-2">
              {flag.name}
            </span>
            <Input
              mono
              value={flag.value}
              onChange={(event) => onChange(commandLine(withFlag(words, flag, event.target.value)))}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
