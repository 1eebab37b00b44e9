"use client";

import { useMemo, useState } from "react";
import { Dialog } from "../dialog.tsx";
import { SearchInput } from "../input.tsx";
import { KeyLabel } from "../key-label.tsx";
import { useShortcutList } from "./shortcut-registry.ts";
import type { Shortcut } from "./shortcut-registry.ts";

export interface ShortcutHelpProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Everything that keys can do on this page. */
export function ShortcutHelp({ open, onOpenChange }: ShortcutHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="lg">
      {open ? <ShortcutGroups /> : null}
    </Dialog>
  );
}

function ShortcutGroups() {
  const shortcuts = useShortcutList();
  const [query, setQuery] = useState("");
  const groups = useMemo(() => groupShortcuts(shortcuts, query), [shortcuts, query]);
  return (
    <div className="flex flex-col gap-4">
      <SearchInput value={query} onValueChange={setQuery} label="Find a shortcut" />
      {groups.length === 0 ? <p className="text-ink-2">No shortcut is called that.</p> : null}
      <div className="gap-8 sm:columns-2">
        {groups.map(([group, rows]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-3">{group}</h3>
            <dl>
              {rows.map((row) => (
                <div
                  key={row.label}
                  className="flex min-h-8 items-center justify-between gap-3 border-b border-line"
                >
                  <dt className="text-sm">{row.label}</dt>
                  <dd className="flex gap-2">
                    {row.keys.map((keys) => (
                      <KeyLabel key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}

interface HelpRow {
  label: string;
  keys: string[];
}

function groupShortcuts(shortcuts: readonly Shortcut[], query: string): [string, HelpRow[]][] {
  const wanted = query.trim().toLowerCase();
  const groups = new Map<string, Map<string, HelpRow>>();
  // Registered newest first; people expect the page's own keys after those that work anywhere.
  for (const { group, label, keys } of shortcuts.toReversed()) {
    if (wanted && !`${label} ${group}`.toLowerCase().includes(wanted)) continue;
    const rows = groups.get(group) ?? new Map<string, HelpRow>();
    const row = rows.get(label) ?? { label, keys: [] };
    if (!row.keys.includes(keys)) row.keys.push(keys);
    rows.set(label, row);
    groups.set(group, rows);
  }
  return [...groups].map(([group, rows]) => [group, [...rows.values()]]);
}
