"use client";

import { formatBytes } from "../../../parts/format/bytes.ts";
import { countOf, formatCount } from "../../../parts/format/number.ts";
import type { PickedFile } from "./dropped-files.ts";
import type { UploadProgress } from "./upload-version.ts";

export interface UploadMeterProps {
  files: readonly PickedFile[];
  progress: UploadProgress;
}

/** How far an upload is, in files and bytes. */
export function UploadMeter({ files, progress }: UploadMeterProps) {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const share = bytes === 0 ? 0 : Math.min(1, progress.bytes / bytes);
  return (
    <div className="flex flex-col gap-2 py-4">
      <progress
        aria-label="Uploaded"
        value={share}
        max={1}
        className="h-1.5 w-full accent-accent"
      />
      <p className="tabular flex justify-between gap-4 text-sm text-ink-2">
        <span>
          {formatCount(progress.files)} of {countOf(files.length, "file")}
        </span>
        <span>
          {formatBytes(Math.min(progress.bytes, bytes))} of {formatBytes(bytes)}
        </span>
      </p>
    </div>
  );
}
