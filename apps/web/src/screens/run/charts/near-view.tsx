"use client";

import { useEffect, useState } from "react";
import type { ReactNode } from "react";

export interface NearViewProps {
  /** In pixels: what stands here takes so much room while it is not drawn. */
  height: number;
  children: ReactNode;
}

/** Draws its content while it is on the screen or close to it. */
export function NearView({ height, children }: NearViewProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      // The page scrolls within its main part, whose edge the margin must widen.
      { root: element.closest("main"), rootMargin: "500px 0px" },
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
