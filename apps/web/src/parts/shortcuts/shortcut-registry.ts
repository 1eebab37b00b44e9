"use client";

import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /** "j", "mod+k", "shift+x", or a sequence: "g r". */
  keys: string;
  /** What it does, for the help: "Go to runs". */
  label: string;
  /** The heading that it stands under in the help. */
  group: string;
  run(event: KeyboardEvent): void;
  /** Works while text is being typed too. */
  inText?: boolean | undefined;
  /** False leaves it listed but asleep. */
  enabled?: boolean | undefined;
  /** Listed only: the part itself listens, because it must have the focus. */
  passive?: boolean | undefined;
}

/** Who listens for which key now. */
export class ShortcutRegistry {
  #entries: readonly { id: symbol; shortcut: () => Shortcut }[] = [];
  #listeners = new Set<() => void>();

  add(shortcut: () => Shortcut): () => void {
    const entry = { id: Symbol(shortcut().keys), shortcut };
    // The newest wins: a dialog's Escape comes before the page's.
    this.#entries = [entry, ...this.#entries];
    this.#notify();
    return () => {
      this.#entries = this.#entries.filter((other) => other.id !== entry.id);
      this.#notify();
    };
  }

  snapshot = () => this.#entries;

  current(): Shortcut[] {
    return this.#entries.map((entry) => entry.shortcut());
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #notify() {
    for (const listener of this.#listeners) listener();
  }
}

export const ShortcutRegistryContext = createContext<ShortcutRegistry | null>(null);

function useRegistry(): ShortcutRegistry {
  const registry = useContext(ShortcutRegistryContext);
  if (!registry) throw new Error("useShortcut needs a ShortcutsProvider above it");
  return registry;
}

/** Registers a shortcut while the component is mounted. */
export function useShortcut(shortcut: Shortcut) {
  const registry = useRegistry();
  const latest = useRef(shortcut);
  useEffect(() => {
    latest.current = shortcut;
  });
  const { keys } = shortcut;
  useEffect(() => registry.add(() => ({ ...latest.current, keys })), [registry, keys]);
}

/** Lists keys that a focused part handles by itself (a table's j and k) in the help. */
export function useListedShortcuts(
  group: string,
  rows: readonly (readonly [keys: string, label: string])[],
) {
  const registry = useRegistry();
  const listed = useRef(rows);
  useEffect(() => {
    const removals = listed.current.map(([keys, label]) =>
      registry.add(() => ({ keys, label, group, run: () => {}, passive: true })),
    );
    return () => {
      for (const remove of removals) remove();
    };
  }, [registry, group]);
}

/** Every shortcut that is registered now. */
export function useShortcutList(): Shortcut[] {
  const registry = useRegistry();
  const entries = useSyncExternalStore(registry.subscribe, registry.snapshot, registry.snapshot);
  return useMemo(() => entries.map((entry) => entry.shortcut()), [entries]);
}
