"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { KeyLabel } from "./key-label.tsx";

export interface TooltipProps {
  /** Nothing is shown when this is empty. */
  content: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  align?: "start" | "center" | "end" | undefined;
  /** A shortcut drawn after the text. */
  keys?: string | undefined;
}

/** Wraps the one app-wide provider: the second tooltip in a row opens at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={400}>
      {children}
    </Radix.Provider>
  );
}

/** Text on hover and on keyboard focus. The child must take a ref and event handlers. */
export function Tooltip({
  content,
  children,
  side = "bottom",
  align = "center",
  keys,
}: TooltipProps) {
  if (!content) return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          className="z-60 flex max-w-80 animate-pop items-center gap-2 rounded-sm bg-raised px-2 py-1 text-xs text-ink shadow-pop select-text [overflow-wrap:anywhere]"
        >
          <span>{content}</span>
          {keys ? <KeyLabel keys={keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
