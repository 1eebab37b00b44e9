"use client";

import { Command } from "cmdk";
import { LoaderCircle, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useRef, useState } from "react";
import { KeyLabel } from "../key-label.tsx";
import type { PaletteItem, PaletteRegistry } from "./palette-sources.ts";
import { usePaletteResults } from "./use-palette-results.ts";
import type { PaletteGroup } from "./use-palette-results.ts";

export interface PaletteProps {
  registry: PaletteRegistry;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** The dialog of the command palette. */
export function Palette({ registry, open, onOpenChange }: PaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 w-[min(640px,calc(100vw-24px))] -translate-x-1/2 animate-overlay overflow-hidden rounded-lg bg-raised shadow-modal outline-none"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          {open ? <PaletteBody registry={registry} close={() => onOpenChange(false)} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteBody({ registry, close }: { registry: PaletteRegistry; close(): void }) {
  const [query, setQuery] = useState("");
  const { groups, searching } = usePaletteResults(registry, query);
  const router = useRouter();
  const newTab = useRef(false);
  const [pointed, setPointed] = useState("");
  // Results come and go while the keys are on one of them: where it has gone, the first one counts.
  const values = groups.flatMap((group) => group.items.map((item) => valueOf(group, item)));
  const selected = values.includes(pointed) ? pointed : (values[0] ?? "");
  const choose = (item: PaletteItem) => {
    close();
    if (item.href === undefined) item.run?.();
    else if (newTab.current) window.open(item.href, "_blank", "noopener");
    else router.push(item.href);
  };
  return (
    <Command
      shouldFilter={false}
      value={selected}
      onValueChange={setPointed}
      loop
      label="Command palette"
      onKeyDownCapture={(event) => {
        newTab.current = event.metaKey || event.ctrlKey;
      }}
      onClickCapture={(event) => {
        newTab.current = event.metaKey || event.ctrlKey;
      }}
    >
      <div className="flex h-12 items-center gap-2.5 border-b border-line px-4">
        {searching ? (
          <LoaderCircle className="size-4 animate-turn text-ink-3" aria-hidden />
        ) : (
          <Search className="size-4 text-ink-3" aria-hidden />
        )}
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Go to a page, a run, an action…"
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        <KeyLabel keys="escape" />
      </div>
      <Command.List className="max-h-[min(420px,60dvh)] scroll-py-1 overflow-y-auto p-1.5">
        {searching ? null : (
          <Command.Empty className="px-3 py-8 text-center text-ink-2 [overflow-wrap:anywhere]">
            Nothing is called “{query}”.
          </Command.Empty>
        )}
        {groups.map((group) => (
          <PaletteGroupView key={group.id} group={group} choose={choose} />
        ))}
      </Command.List>
    </Command>
  );
}

function valueOf(group: PaletteGroup, item: PaletteItem): string {
  return `${group.id}:${item.id}`;
}

interface PaletteGroupViewProps {
  group: PaletteGroup;
  choose(item: PaletteItem): void;
}

function PaletteGroupView({ group, choose }: PaletteGroupViewProps) {
  return (
    <Command.Group
      heading={group.heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
    >
      {group.failed ? (
        <p className="px-2.5 py-1.5 text-sm text-bad">Could not search these now.</p>
      ) : null}
      {group.items.map((item) => (
        <Command.Item
          key={item.id}
          value={valueOf(group, item)}
          onSelect={() => choose(item)}
          className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-base data-[selected=true]:bg-hover [&_svg]:size-4"
        >
          <span className="shrink-0 text-ink-3 empty:hidden">{item.icon}</span>
          <span className="min-w-0 flex-1 truncate" title={item.label}>
            {item.label}
          </span>
          {item.hint ? (
            <span className="max-w-40 shrink-0 truncate text-sm text-ink-3">{item.hint}</span>
          ) : null}
          {item.keys ? <KeyLabel keys={item.keys} hidden /> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
