import { cn } from "./class-names.ts";

/** A grey place-holder; give it the size of what will come. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <span aria-hidden className={cn("block animate-skeleton rounded-sm bg-hover", className)} />
  );
}

export interface SkeletonRowsProps {
  rows?: number | undefined;
  /** Widths of the columns, in percent of the row. */
  columns?: readonly number[] | undefined;
  className?: string | undefined;
}

/** Rows of a table that is loading, in the final row height. */
export function SkeletonRows({
  rows = 8,
  columns = [28, 12, 16, 10, 10],
  className,
}: SkeletonRowsProps) {
  return (
    <div role="status" aria-label="Loading" className={cn("w-full", className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="flex h-8 items-center gap-4 border-b border-line px-3 last:border-b-0"
        >
          {columns.map((width, at) => (
            <span key={at} style={{ width: `${width}%` }}>
              {/* Uneven widths: an even grid of bars reads as a table of equal values. */}
              <Skeleton className={cn("h-3", (row + at) % 3 === 0 ? "w-3/4" : "w-full")} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Lines of text that is loading. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cn("h-3", line === lines - 1 ? "w-2/3" : "w-full")} />
      ))}
    </div>
  );
}
