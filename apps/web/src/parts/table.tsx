"use client";

import { useEffect, useState } from "react";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/**
 * Primitives for short, plain tables (members, tokens, attempts). Long ones use DataTable.
 * The table scrolls sideways by itself where it does not fit.
 */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  const [box, overflows] = useOverflow();
  return (
    <div
      ref={box}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls, scrolls by keyboard too
      tabIndex={overflows ? 0 : undefined}
      className="focus-inset overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table {...rest} className={cn("w-full border-collapse text-sm", className)} />
    </div>
  );
}

/** Whether an element's content is wider than it, followed as either changes. */
function useOverflow(): [ref: (element: HTMLElement | null) => void, overflows: boolean] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setOverflows(element.scrollWidth > element.clientWidth),
    );
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, overflows];
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead {...rest} className={cn("bg-sunken text-left text-ink-2", className)} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody {...rest} className={cn("[&>tr+tr]:border-t [&>tr+tr]:border-line", className)} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("hover:[&>td]:bg-hover/60", className)} />;
}

interface CellAlign {
  /** Numbers stand at the right, in tabular figures. */
  numeric?: boolean | undefined;
}

export function TableHeader({ className, numeric, ...rest }: ComponentProps<"th"> & CellAlign) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "h-8 border-b border-line px-3 text-xs font-medium whitespace-nowrap",
        numeric && "text-right",
        className,
      )}
    />
  );
}

export function TableCell({ className, numeric, ...rest }: ComponentProps<"td"> & CellAlign) {
  return (
    <td
      {...rest}
      className={cn("h-8 px-3 py-1", numeric && "tabular text-right whitespace-nowrap", className)}
    />
  );
}
