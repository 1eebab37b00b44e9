"use client";

import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { takesText } from "./key-match.ts";
import { SequenceReader } from "./sequence.ts";
import { ShortcutRegistry, ShortcutRegistryContext, useShortcut } from "./shortcut-registry.ts";

const ShortcutHelp = dynamic(
  () => import("./shortcut-help.tsx").then((module) => module.ShortcutHelp),
  { ssr: false },
);

function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}

/** Listens once for the whole app, and keeps the "?" help. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new ShortcutRegistry(), []);
  const [helpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    const reader = new SequenceReader();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = takesText(event.target);
      const awake = registry
        .current()
        .filter((one) => one.enabled !== false && !one.passive && (!typing || one.inText));
      const fit = reader.read(event, awake, isMac());
      if (fit === undefined || fit === "begun") return;
      event.preventDefault();
      fit.run(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return (
    <ShortcutRegistryContext value={registry}>
      <HelpShortcut onOpen={() => setHelpOpen(true)} />
      {children}
      {helpOpen ? <ShortcutHelp open onOpenChange={setHelpOpen} /> : null}
    </ShortcutRegistryContext>
  );
}

function HelpShortcut({ onOpen }: { onOpen(): void }) {
  useShortcut({ keys: "?", label: "Show all shortcuts", group: "Anywhere", run: onOpen });
  return null;
}
