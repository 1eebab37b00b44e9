"use client";

import dynamic from "next/dynamic";
import { cn } from "./class-names.ts";
import type { MarkdownBodyProps } from "./markdown-body.tsx";
import { SkeletonText } from "./skeleton.tsx";

const MarkdownBody = dynamic(
  () => import("./markdown-body.tsx").then((module) => module.MarkdownBody),
  {
    ssr: false,
    loading: () => <SkeletonText lines={5} />,
  },
);

export interface MarkdownProps extends MarkdownBodyProps {
  className?: string | undefined;
}

/** People's Markdown: tables, task lists, code; no raw HTML. */
export function Markdown({ className, ...rest }: MarkdownProps) {
  return (
    <div className={cn("prose-text max-w-[72ch]", className)}>
      <MarkdownBody {...rest} />
    </div>
  );
}
