"use client";

import { ExternalLink } from "lucide-react";
import ReactMarkdown from "react-markdown";
import type { Components } from "react-markdown";
import remarkGfm from "remark-gfm";

export interface MarkdownBodyProps {
  text: string;
  /** The address of a relative link or picture; undefined where it leads nowhere. */
  resolve?: ((path: string) => string | undefined) | undefined;
}

const plugins = [remarkGfm];

/** The Markdown inside Markdown. Raw HTML is not drawn, and no picture is fetched from elsewhere. */
export function MarkdownBody({ text, resolve }: MarkdownBodyProps) {
  return (
    <ReactMarkdown skipHtml remarkPlugins={plugins} components={componentsFor(resolve)}>
      {text}
    </ReactMarkdown>
  );
}

const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

function componentsFor(resolve: MarkdownBodyProps["resolve"]): Components {
  return {
    a({ href = "", children }) {
      if (href.startsWith("#")) return <a href={href}>{children}</a>;
      const external = elsewhere.test(href);
      const target = external ? href : resolve?.(href);
      if (target === undefined) return <span>{children}</span>;
      return (
        <a
          href={target}
          {...(external ? { target: "_blank", rel: "noopener noreferrer nofollow" } : {})}
        >
          {children}
          {external ? (
            <ExternalLink
              className="ml-0.5 inline size-3 align-baseline"
              aria-label="opens elsewhere"
            />
          ) : null}
        </a>
      );
    },
    input: ({ checked }) => (
      <input
        type="checkbox"
        readOnly
        disabled
        checked={checked}
        aria-label={checked ? "done" : "to do"}
      />
    ),
    img({ src, alt }) {
      const path = typeof src === "string" ? src : "";
      // A picture from elsewhere would tell its server who reads this.
      const target = elsewhere.test(path) ? undefined : resolve?.(path);
      if (target !== undefined) {
        // oxlint-disable-next-line nextjs/no-img-element -- an artifact: it is shown as it is
        return <img src={target} alt={alt ?? ""} loading="lazy" />;
      }
      return <span className="text-ink-3">[picture: {alt || path}]</span>;
    },
  };
}
