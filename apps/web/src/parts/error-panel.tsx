"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

/** An error in the words that a person needs. */
export interface ErrorWords {
  /** What happened, to what: "Could not load run brave-otter-12". */
  title: string;
  /** Why, as far as is known. */
  detail?: string | undefined;
  /** What to do now. */
  remedy?: ReactNode | undefined;
  /** The request's id, for whoever looks into the logs. */
  id?: string | undefined;
  /** The error's code, such as "not_found". */
  code?: string | undefined;
}

export interface ErrorPanelProps extends ErrorWords {
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  className?: string | undefined;
}

/** Stands where the thing would have stood. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { title, detail, remedy, id, code, onRetry, retrying, className } = props;
  return (
    <section
      role="alert"
      className={cn("flex gap-3 rounded-lg border border-line bg-surface p-4", className)}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="text-base font-semibold [overflow-wrap:anywhere]">{title}</h2>
        {detail ? <p className="text-base text-ink-2 [overflow-wrap:anywhere]">{detail}</p> : null}
        {remedy ? <div className="text-base text-ink-2">{remedy}</div> : null}
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2 empty:hidden">
          {onRetry ? (
            <Button size="sm" busy={retrying} icon={<RotateCw aria-hidden />} onClick={onRetry}>
              Try again
            </Button>
          ) : null}
          {id || code ? <ErrorReference id={id} code={code} /> : null}
        </div>
      </div>
    </section>
  );
}

function ErrorReference({ id, code }: { id: string | undefined; code: string | undefined }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 font-mono text-xs text-ink-3">
      <span className="truncate">{[code, id].filter(Boolean).join(" · ")}</span>
      <CopyButton text={[code, id].filter(Boolean).join(" ")} label="Copy for a report" />
    </span>
  );
}

/** One line beside a field or a button. */
export function InlineError({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <p role="alert" className={cn("flex items-start gap-1.5 text-sm text-bad", className)}>
      <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}
