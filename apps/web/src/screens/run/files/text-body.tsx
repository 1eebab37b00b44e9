"use client";

import dynamic from "next/dynamic";
import { CodeView } from "../../../parts/code-view/code-view.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { SkeletonText } from "../../../parts/skeleton.tsx";
import type { PreviewKind } from "./preview-kind.ts";
import type { FileText } from "./read-text.ts";

const loading = () => (
  <div className="p-4">
    <SkeletonText lines={6} />
  </div>
);

const CsvView = dynamic(
  () => import("../../../parts/csv-view/csv-view.tsx").then((module) => module.CsvView),
  { ssr: false, loading },
);

const JsonView = dynamic(
  () => import("../../../parts/json-view/json-view.tsx").then((module) => module.JsonView),
  { ssr: false, loading },
);

export interface TextBodyProps {
  path: string;
  kind: PreviewKind;
  file: FileText;
  /** As the text that it is, whatever it means. */
  source: boolean;
  /** The address of a path that a Markdown text names. */
  resolve?: ((path: string) => string | undefined) | undefined;
}

/** A file's text: as a table, a tree, a page of Markdown, or as code. It fills its box. */
export function TextBody({ path, kind, file, source, resolve }: TextBodyProps) {
  const { text, cut } = file;
  if (text === "") return <p className="p-4 text-ink-2">This file is empty.</p>;
  if (!source && kind === "csv") return <CsvView key={path} text={text} label={path} />;
  // A part of a JSON document is none.
  if (!source && kind === "json" && !cut) {
    return <JsonView key={path} text={text} className="h-full" />;
  }
  if (!source && kind === "markdown") {
    return (
      <div className="h-full overflow-auto px-5 py-4">
        <Markdown text={text} {...(resolve ? { resolve } : {})} />
      </div>
    );
  }
  return <CodeView key={path} code={text} path={path} className="h-full" />;
}
