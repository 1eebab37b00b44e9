"use client";

import { useEffect, useMemo, useState } from "react";
import { cn } from "../class-names.ts";
import { CopyButton } from "../copy-button.tsx";
import { languageOfPath } from "./code-language.ts";
import type { CodeLanguage } from "./code-language.ts";
import type { CodeToken } from "./highlighter.ts";

export interface CodeViewProps {
  code: string;
  /** Names the file; gives the language where `language` does not. */
  path?: string | undefined;
  language?: CodeLanguage | undefined;
  lineNumbers?: boolean | undefined;
  className?: string | undefined;
}

/** Beyond this colouring would hold up the page for longer than it helps. */
const maxColored = 300_000;
const blockLines = 100;

/** Code to read: coloured once the colours are there, legible from the start. */
export function CodeView(props: CodeViewProps) {
  const { code, path = "", lineNumbers = true, className } = props;
  const language = props.language ?? languageOfPath(path);
  const colored = useTokens(code, language);
  const plain = useMemo(() => code.replace(/\n$/, "").split(/\r?\n/), [code]);
  const blocks = Array.from({ length: Math.ceil(plain.length / blockLines) }, (_, at) => at);
  const digits = String(plain.length).length;
  return (
    <div className={cn("group/code relative min-w-0", className)}>
      <CopyButton
        text={code}
        label="Copy the whole text"
        className="absolute top-1.5 right-1.5 z-1 bg-surface opacity-0 group-hover/code:opacity-100 focus-visible:opacity-100"
      />
      <pre
        aria-label={path || undefined}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too
        tabIndex={0}
        className="focus-inset max-h-full overflow-auto py-2 font-mono text-xs leading-[18px]"
      >
        {blocks.map((block) => (
          <CodeBlock
            key={block}
            start={block * blockLines}
            plain={plain}
            colored={colored}
            digits={lineNumbers ? digits : 0}
          />
        ))}
      </pre>
    </div>
  );
}

interface CodeBlockProps {
  start: number;
  plain: readonly string[];
  colored: readonly (readonly CodeToken[])[] | undefined;
  digits: number;
}

/** A hundred lines that the browser need not lay out while they are out of sight. */
function CodeBlock({ start, plain, colored, digits }: CodeBlockProps) {
  const lines = plain.slice(start, start + blockLines);
  return (
    <div
      style={{ contentVisibility: "auto", containIntrinsicSize: `auto ${lines.length * 18}px` }}
      className="w-max min-w-full"
    >
      {lines.map((text, at) => (
        <div key={at} className="flex min-h-[18px] px-3">
          {digits > 0 ? (
            <span
              aria-hidden
              style={{ width: `${digits + 1}ch` }}
              className="tabular mr-3 shrink-0 text-right text-ink-3 select-none"
            >
              {start + at + 1}
            </span>
          ) : null}
          <code>
            {colored?.[start + at] ? <Tokens tokens={colored[start + at] ?? []} /> : text}
          </code>
        </div>
      ))}
    </div>
  );
}

function Tokens({ tokens }: { tokens: readonly CodeToken[] }) {
  return tokens.map((token, at) => (
    <span key={at} style={token.color ? { color: token.color } : undefined}>
      {token.text}
    </span>
  ));
}

/** The coloured lines; undefined until they are there, and for texts that stay plain. */
function useTokens(code: string, language: CodeLanguage | undefined) {
  const [known, setKnown] = useState<{ code: string; language: string; tokens: CodeToken[][] }>();
  useEffect(() => {
    if (!language || code.length > maxColored) return;
    let wanted = true;
    void import("./highlighter.ts")
      .then(async ({ highlightCode }) => highlightCode(code, language))
      .then((tokens) => wanted && setKnown({ code, language, tokens }))
      // Without colours it is as legible as before.
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [code, language]);
  return known?.code === code && known.language === language ? known.tokens : undefined;
}
