"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./class-names.ts";

/**
 * Puts text on the clipboard. The old way serves pages on plain http, where browsers hide the
 * clipboard API. Resolves to whether it worked.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyWithSelection(text);
  }
}

function copyWithSelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.cssText = "position:fixed;opacity:0;inset:0 auto auto 0";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

export interface CopyButtonProps {
  /** The text, or a function for text that is costly to make. */
  text: string | (() => string | Promise<string>);
  /** What is copied: "Copy run id". */
  label?: string | undefined;
  className?: string | undefined;
}

export function CopyButton({ text, label = "Copy", className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), 1400);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const value = typeof text === "string" ? text : await text();
    setOutcome((await copyText(value)) ? "copied" : "refused");
  };
  const labels = { idle: label, copied: "Copied", refused: "The browser refused to copy" };
  return (
    <IconButton
      label={labels[outcome]}
      onClick={() => void copy()}
      className={cn("size-6", className)}
    >
      {outcome === "idle" ? <Copy aria-hidden /> : null}
      {outcome === "copied" ? <Check className="text-good" aria-hidden /> : null}
      {outcome === "refused" ? <X className="text-bad" aria-hidden /> : null}
    </IconButton>
  );
}

/** A command with its copy button. */
export function CommandLine({
  command,
  className,
}: {
  command: string;
  className?: string | undefined;
}) {
  return (
    <div
      className={cn(
        "flex max-w-full items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3 text-left",
        className,
      )}
    >
      <code
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long command scrolls, by keyboard too
        tabIndex={0}
        className="no-scrollbar min-w-0 flex-1 overflow-x-auto rounded-xs py-0.5 font-mono text-sm whitespace-pre"
      >
        {command}
      </code>
      <CopyButton text={command} label="Copy command" />
    </div>
  );
}

/** An id in mono: shortened, whole on hover, and copied by its button. */
export function CopyableId({ id, length = 8 }: { id: string; length?: number }) {
  return (
    <span className="group/id inline-flex items-center gap-0.5 align-middle">
      <code title={id} className="font-mono text-sm">
        {id.length > length ? id.slice(0, length) : id}
      </code>
      <CopyButton
        text={id}
        label="Copy id"
        className="opacity-0 group-hover/id:opacity-100 focus-visible:opacity-100"
      />
    </span>
  );
}
