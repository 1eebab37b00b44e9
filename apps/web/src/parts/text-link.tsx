"use client";

import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface TextLinkProps {
  href: string;
  title?: string | undefined;
  mono?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

const look =
  "rounded-xs underline decoration-line-strong decoration-1 underline-offset-3 transition-colors hover:decoration-current";

/** A link within text, to another page. */
export function TextLink({ href, title, mono, className, children }: TextLinkProps) {
  return (
    <Link href={href} title={title} className={cn(look, mono && "font-mono", className)}>
      {children}
    </Link>
  );
}

export interface ViewLinkProps extends Omit<TextLinkProps, "mono"> {
  /** Drawn as it comes: a tile, a button. */
  plain?: boolean | undefined;
}

/**
 * A link to another view of the page that one is on: `href` begins with "?". The address changes
 * without asking the server, and nothing scrolls.
 */
export function ViewLink({ href, title, plain, className, children }: ViewLinkProps) {
  const go = (event: MouseEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    window.history.pushState(null, "", href);
  };
  return (
    <a href={href} title={title} onClick={go} className={cn(!plain && look, className)}>
      {children}
    </a>
  );
}
