"use client";

import { createContext, useContext, useEffect, useRef } from "react";
import type { ReactNode } from "react";

/** One line of the palette. */
export interface PaletteItem {
  /** Unique within its source. */
  id: string;
  label: string;
  /** A word at the right: the project, the run's state. */
  hint?: ReactNode;
  icon?: ReactNode;
  /** Further words that find it. */
  keywords?: readonly string[];
  keys?: string;
  /** Where it leads; ⌘ or Ctrl with Enter opens it in a new tab. */
  href?: string;
  /** What it does, where it leads nowhere. */
  run?(): void;
}

/** A kind of thing that the palette can find. */
export interface PaletteSource {
  id: string;
  heading: string;
  /** Lower comes first. Actions of the page 0, pages 10, things 20 and up. */
  rank?: number;
  /** False: this source does its own matching (a search on the server). */
  matched?: boolean;
  /** Items for what was typed; an empty query asks for the best few. */
  find(
    query: string,
    signal: AbortSignal,
  ): readonly PaletteItem[] | Promise<readonly PaletteItem[]>;
}

/** The sources of the parts that are mounted now. */
export class PaletteRegistry {
  #sources: (() => PaletteSource)[] = [];

  add(source: () => PaletteSource): () => void {
    this.#sources.push(source);
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  list(): PaletteSource[] {
    return this.#sources
      .map((source) => source())
      .toSorted((a, b) => (a.rank ?? 20) - (b.rank ?? 20));
  }
}

export interface PaletteHandle {
  registry: PaletteRegistry;
  open(): void;
}

export const PaletteContext = createContext<PaletteHandle | null>(null);

function usePalette(): PaletteHandle {
  const handle = useContext(PaletteContext);
  if (!handle) throw new Error("The command palette needs a PaletteProvider above it");
  return handle;
}

/** Opens the palette, for a button. */
export function useOpenPalette(): () => void {
  return usePalette().open;
}

/** Offers things to the palette while the component is mounted. */
export function usePaletteSource(source: PaletteSource) {
  const { registry } = usePalette();
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => registry.add(() => latest.current), [registry]);
}
