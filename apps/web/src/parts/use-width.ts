"use client";

import { useEffect, useState } from "react";

/** An element's width in pixels, followed as it changes; 0 before it is known. */
export function useWidth(): [ref: (element: HTMLElement | null) => void, width: number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    // It also reports the first width, right after it begins to observe.
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}
