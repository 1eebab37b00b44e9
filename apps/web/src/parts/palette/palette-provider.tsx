"use client";

import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useShortcut } from "../shortcuts/shortcut-registry.ts";
import { PaletteContext, PaletteRegistry } from "./palette-sources.ts";

const load = () => import("./palette.tsx").then((module) => module.Palette);
const Palette = dynamic(load, { ssr: false });

/** After the page itself; whoever presses the keys goes on typing at once. */
const PRELOAD_MS = 1500;

function usePreload(): void {
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
}

/** Keeps the palette and its key. Needs a ShortcutsProvider above it. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  usePreload();
  const handle = useMemo(() => {
    const show = () => {
      setWanted(true);
      setOpen(true);
    };
    return { registry: new PaletteRegistry(), open: show };
  }, []);
  useShortcut({
    keys: "mod+k",
    label: "Go to anything",
    group: "Anywhere",
    inText: true,
    run: () => (open ? setOpen(false) : handle.open()),
  });
  return (
    <PaletteContext value={handle}>
      {children}
      {wanted ? <Palette registry={handle.registry} open={open} onOpenChange={setOpen} /> : null}
    </PaletteContext>
  );
}
