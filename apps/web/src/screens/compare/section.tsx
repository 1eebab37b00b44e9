import { useId } from "react";
import type { ReactNode } from "react";

export interface SectionProps {
  title: string;
  /** A few words about what is below: "4 of 9 differ". */
  note?: ReactNode;
  /** Controls at the right. */
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of the comparison under its heading. */
export function Section({ title, note, tools, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2.5">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {note ? <span className="tabular text-sm text-ink-3">{note}</span> : null}
        {tools ? (
          <div className="ml-auto flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 max-sm:ml-0">
            {tools}
          </div>
        ) : null}
      </div>
      {children}
    </section>
  );
}
