"use client";

import type { Run } from "@tessera/contracts/run";
import { useRef, useState } from "react";
import { errorWords } from "../../data/error-words.ts";
import type { DataColumn } from "../../parts/data-table/table-model.ts";
import { downloadFile, fileName } from "../../parts/download.ts";
import { toastError } from "../../parts/toast.tsx";
import { csvHeadings, csvRows, everyRun } from "./run-export.ts";
import type { RunSearch } from "./use-run-pages.ts";

export interface ExportProgress {
  readonly done: number;
  readonly matched: number;
}

/** Runs as a CSV file: some, or all that a search finds, with how far it has come. */
export function useCsvExport(project: string) {
  const [progress, setProgress] = useState<ExportProgress>();
  const abort = useRef<AbortController>(undefined);
  const save = (parts: string) =>
    downloadFile(fileName(`${project}-runs`, "csv"), parts, "text/csv;charset=utf-8");
  return {
    progress,
    cancel: () => abort.current?.abort(),
    some(runs: readonly Run[], columns: readonly DataColumn<Run>[]) {
      save(csvHeadings(columns) + csvRows(runs, columns));
    },
    async all(search: RunSearch, columns: readonly DataColumn<Run>[]) {
      const control = new AbortController();
      abort.current = control;
      const parts = [csvHeadings(columns)];
      let done = 0;
      try {
        for await (const { runs, matched } of everyRun(project, search, control.signal)) {
          parts.push(csvRows(runs, columns));
          done += runs.length;
          setProgress({ done, matched });
        }
        save(parts.join(""));
      } catch (error) {
        if (!control.signal.aborted) toastError(errorWords(error, "Could not export the runs"));
      } finally {
        setProgress(undefined);
      }
    },
  };
}

export type CsvExport = ReturnType<typeof useCsvExport>;
