"use client";

import { useCallback, useEffect, useRef } from "react";

/** A function that stays the same while what it does may change; for handlers, not for rendering. */
export function useStable<Arguments extends unknown[], Result>(
  handler: (...parameters: Arguments) => Result,
): (...parameters: Arguments) => Result {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  return useCallback((...parameters: Arguments) => latest.current(...parameters), []);
}
