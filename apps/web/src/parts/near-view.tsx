"use client";

import { useEffect, useState } from "react";
import type { ReactNode } from "react";

export interface NearViewProps {
  /** In pixels: what stands here takes so much room before it is drawn. */
  height: number;
  children: ReactNode;
}

/** Draws its content once it comes close to the visible part of the box that scrolls it. */
export function NearView({ height, children }: NearViewProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { root: element.closest("[data-scroller], main"), rootMargin: "400px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return (
    <div ref={setElement} style={{ minHeight: height }} className="min-w-0">
      {near ? (
        children
      ) : (
        <div aria-hidden className="rounded-lg border border-line" style={{ height }} />
      )}
    </div>
  );
}
