import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/**
 * Primitives for short, plain tables (members, tokens, attempts). Long ones use DataTable.
 * The table scrolls sideways by itself where it does not fit.
 */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table {...rest} className={cn("w-full border-collapse text-sm", className)} />
    </div>
  );
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
