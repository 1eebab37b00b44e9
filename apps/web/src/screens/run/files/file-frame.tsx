"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../parts/button.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { Bytes } from "../../../parts/figures.tsx";
import { formatBytes } from "../../../parts/format/bytes.ts";
import { MiddleTruncate } from "../../../parts/middle-truncate.tsx";
import { Segmented } from "../../../parts/segmented.tsx";

export interface FileFrameProps {
  path: string;
  sizeBytes: number | undefined;
  downloadHref: string;
  /** Whether the text itself is shown; undefined where there is no other way to look at it. */
  source: boolean | undefined;
  onSourceChange(source: boolean): void;
  tools?: ReactNode | undefined;
  children: ReactNode;
}

const views = [
  { value: "preview", label: "Preview" },
  { value: "source", label: "Source" },
] as const;

/** A file's name, size and download above its content. */
export function FileFrame(props: FileFrameProps) {
  const { path, sizeBytes, downloadHref, source, onSourceChange, tools, children } = props;
  return (
    <section aria-label={path} className="flex h-full min-h-0 min-w-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5">
        <span className="flex min-w-0 flex-1 basis-40 items-center gap-1">
          <MiddleTruncate text={path} className="font-mono text-sm" />
          <CopyButton text={path} label="Copy the path" />
        </span>
        {sizeBytes === undefined ? null : (
          <Bytes value={sizeBytes} className="text-xs text-ink-3" />
        )}
        {source === undefined ? null : (
          <Segmented
            label="Show as"
            value={source ? "source" : "preview"}
            onValueChange={(next) => onSourceChange(next === "source")}
            options={views}
          />
        )}
        {tools}
        <Button asChild size="sm" variant="ghost">
          <a href={downloadHref} download>
            <Download aria-hidden />
            <span className="max-sm:sr-only">Download</span>
          </a>
        </Button>
      </header>
      <div className="min-h-0 flex-1">{children}</div>
    </section>
  );
}

/** Says that only the beginning is shown. */
export function CutNote({ shown, sizeBytes }: { shown: number; sizeBytes: number | undefined }) {
  return (
    <p role="status" className="border-b border-line bg-warn-soft px-3 py-1.5 text-sm text-warn">
      The first {formatBytes(shown)}
      {sizeBytes === undefined ? "" : ` of ${formatBytes(sizeBytes)}`}. Download the file to have
      all of it.
    </p>
  );
}
