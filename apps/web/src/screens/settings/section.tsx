import type { ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a settings page. */
export function Section({ title, note, action, children }: SectionProps) {
  return (
    <section className="mb-8">
      <div className="mb-3 flex items-end gap-3">
        <div className="min-w-0">
          <h2 className="text-base font-semibold">{title}</h2>
          {note === undefined ? null : <p className="text-sm text-ink-2">{note}</p>}
        </div>
        <div className="ml-auto shrink-0">{action}</div>
      </div>
      {children}
    </section>
  );
}
