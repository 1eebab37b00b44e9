import type { ReactNode } from "react";

export interface SectionProps {
  title: string;
  tools?: ReactNode | undefined;
  children: ReactNode;
}

/** A part of a tab under its heading. */
export function Section({ title, tools, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="text-sm font-semibold">{title}</h3>
        <div className="ml-auto flex items-center gap-1">{tools}</div>
      </div>
      {children}
    </section>
  );
}
