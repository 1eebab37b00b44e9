"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./class-names.ts";

const macSymbols: Record<string, string> = { mod: "⌘", alt: "⌥", shift: "⇧", ctrl: "⌃" };
const otherWords: Record<string, string> = {
  mod: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  ctrl: "Ctrl",
};
const namedKeys: Record<string, string> = {
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
};

/** The words or symbols of one combination such as "mod+k". */
export function keyCaps(combination: string, mac: boolean): string[] {
  return combination.split("+").map((key) => {
    const lower = key.toLowerCase();
    const modifier = (mac ? macSymbols : otherWords)[lower];
    return modifier ?? namedKeys[lower] ?? (key.length === 1 ? key.toUpperCase() : key);
  });
}

const never = () => () => {};

function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.platform),
    () => false,
  );
}

export interface KeyLabelProps {
  keys: string;
  className?: string | undefined;
  /** Kept from the name of the control that it stands in. */
  hidden?: boolean | undefined;
}

/** Draws a shortcut such as "mod+k" or the sequence "g r" as key caps. */
export function KeyLabel({ keys, className, hidden }: KeyLabelProps) {
  const mac = useIsMac();
  return (
    <kbd aria-hidden={hidden} className={cn("inline-flex items-center gap-1 font-sans", className)}>
      {keys.split(" ").map((combination, at) => (
        <span key={at} className="inline-flex gap-0.5">
          {keyCaps(combination, mac).map((cap) => (
            <span
              key={cap}
              className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-xs border border-line bg-sunken px-1 text-2xs text-ink-2"
            >
              {cap}
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}
