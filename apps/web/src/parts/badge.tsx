import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export type Tone = "neutral" | "accent" | "good" | "bad" | "warn";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2 dark:bg-hover",
  accent: "bg-accent-soft text-accent-ink",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
};

export interface BadgeProps {
  tone?: Tone | undefined;
  icon?: ReactNode | undefined;
  mono?: boolean | undefined;
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A short word about a thing. It always has text: colour alone says nothing. */
export function Badge({ tone = "neutral", icon, mono, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium [&_svg]:size-3 [&_svg]:shrink-0",
        mono && "font-mono font-normal",
        tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
