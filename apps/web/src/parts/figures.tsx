"use client";

import type { ClipboardEvent } from "react";
import { cn } from "./class-names.ts";
import { formatBytes } from "./format/bytes.ts";
import { formatDuration } from "./format/duration.ts";
import { formatMoney } from "./format/money.ts";
import { formatNumber, fullNumber } from "./format/number.ts";
import { formatExact, formatRelative } from "./format/time.ts";
import { useNow } from "./now.ts";

interface FigureProps {
  shown: string;
  full: string;
  className?: string | undefined;
}

/** Selecting the shown text and copying it gives the full value. */
function Figure({ shown, full, className }: FigureProps) {
  const copy = (event: ClipboardEvent) => {
    if (getSelection()?.toString().trim() !== shown) return;
    event.clipboardData.setData("text/plain", full);
    event.preventDefault();
  };
  return (
    <span title={full} onCopy={copy} className={cn("tabular whitespace-nowrap", className)}>
      {shown}
    </span>
  );
}

export interface NumberValueProps {
  value: number;
  /** Drawn after the number, apart from it: "ms", "%". */
  unit?: string | undefined;
  className?: string | undefined;
}

/** Four significant digits; all of them on hover and on copy. */
export function NumberValue({ value, unit, className }: NumberValueProps) {
  const shown = formatNumber(value);
  return (
    <>
      <Figure shown={shown} full={fullNumber(value)} className={className} />
      {unit ? <span className="text-ink-3"> {unit}</span> : null}
    </>
  );
}

/** A size; the exact number of bytes on hover and on copy. */
export function Bytes({ value, className }: { value: number; className?: string | undefined }) {
  return <Figure shown={formatBytes(value)} full={`${value} B`} className={className} />;
}

/** An amount; every digit on hover and on copy. */
export function Money(props: { amount: number; currency: string; className?: string | undefined }) {
  const { amount, currency, className } = props;
  return (
    <Figure
      shown={formatMoney(amount, currency)}
      full={`${amount} ${currency}`}
      className={className}
    />
  );
}

/** A span in ms. */
export function Duration({ ms, className }: { ms: number; className?: string | undefined }) {
  return <Figure shown={formatDuration(ms)} full={`${ms / 1000} s`} className={className} />;
}

export interface ElapsedProps {
  /** Epoch ms, or an ISO time. */
  since: number | string;
  /** The end; without it the span runs on, second by second. */
  until?: number | string | undefined | null;
  className?: string | undefined;
}

/** How long something has run, or ran. */
export function Elapsed({ since, until, className }: ElapsedProps) {
  const now = useNow();
  const start = toEpoch(since);
  if (until !== undefined && until !== null)
    return <Duration ms={toEpoch(until) - start} className={className} />;
  return (
    <span className={cn("tabular whitespace-nowrap", className)}>
      {now && runningFor(now - start)}
    </span>
  );
}

/** Whole seconds: a running figure with decimals would only flicker. */
function runningFor(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000) * 1000);
  return whole < 10_000 ? `${whole / 1000} s` : formatDuration(whole);
}

/** "3 min ago"; to the second, in the reader's zone, on hover. */
export function RelativeTime({
  time,
  className,
}: {
  time: number | string;
  className?: string | undefined;
}) {
  const epoch = toEpoch(time);
  const now = useNow();
  return (
    <time
      dateTime={new Date(epoch).toISOString()}
      title={now ? formatExact(epoch) : undefined}
      className={cn("tabular whitespace-nowrap", className)}
    >
      {now && formatRelative(epoch, now)}
    </time>
  );
}

function toEpoch(time: number | string): number {
  return typeof time === "number" ? time : Date.parse(time);
}
