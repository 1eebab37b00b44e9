"use client";

import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { LogSource } from "./log-source.ts";
import { LineScroll } from "./line-scroll.ts";
import { LogStore } from "./log-store.ts";

export const logLineHeight = 18;

/** What of a log is on the screen, and how to move. */
export interface LogWindow {
  store: LogStore;
  total: number;
  complete: boolean;
  error: unknown;
  onScroll(): void;
  height: number;
  lines: readonly { number: number; top: number }[];
  /** New lines are followed as they come. */
  following: boolean;
  follow(): void;
  /** Brings a line to the middle of the screen, and stops following. */
  show(line: number): void;
}

/** `element` is what scrolls. */
export function useLogWindow(source: LogSource, element: HTMLElement | null): LogWindow {
  const store = useMemo(() => new LogStore(source), [source]);
  const scroll = useScroll(store);
  const [following, setFollowing] = useState(true);
  useSyncExternalStore(scroll.subscribe, scroll.version, scroll.version);
  const { total, complete, error } = useSyncExternalStore(
    store.subscribe,
    store.snapshot,
    store.snapshot,
  );
  useEffect(() => store.start(), [store]);

  const place = usePlace(element);
  const fit = useCallback(() => {
    const view = element?.clientHeight ?? 0;
    // A movement whose event has not come yet must not be undone by lines that come now.
    if (element) scroll.scrolled(element.scrollTop);
    const position = scroll.resize(total, view);
    place(following ? scroll.scrollTo(Number.MAX_SAFE_INTEGER) : position);
  }, [scroll, element, total, following, place]);
  useLayoutEffect(fit, [fit]);
  useResize(element, fit);

  const { first, last } = scroll.visible();
  const from = Math.max(0, first - 10);
  const to = Math.min(total - 1, last + 10);
  useEffect(() => store.want(from, to), [store, from, to, error]);

  return {
    store,
    total,
    complete,
    error,
    onScroll() {
      const position = element?.scrollTop ?? 0;
      place(scroll.scrolled(position));
      setFollowing(scroll.atEnd);
    },
    height: scroll.height,
    lines: Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => ({
      number: from + at,
      top: scroll.placeOf(from + at),
    })),
    following,
    follow() {
      setFollowing(true);
      place(scroll.scrollTo(Number.MAX_SAFE_INTEGER));
    },
    show(line) {
      setFollowing(false);
      const view = element?.clientHeight ?? 0;
      place(scroll.scrollTo(line * logLineHeight - view / 2));
    },
  };
}

/**
 * Sets the scroll position. Content that is to be taller only after the next drawing cannot be
 * scrolled there yet: then it is done again.
 */
function usePlace(element: HTMLElement | null): (position: number) => void {
  const pending = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (pending.current === undefined) return;
    element?.scrollTo({ top: pending.current });
    pending.current = undefined;
  });
  return useCallback(
    (position: number) => {
      element?.scrollTo({ top: position });
      const reached = element === null || Math.abs(element.scrollTop - position) <= 1;
      pending.current = reached ? undefined : position;
    },
    [element],
  );
}

/** A new log begins with a new scroll position. */
function useScroll(store: LogStore): LineScroll {
  const [scroll, setScroll] = useState(() => ({ store, lines: new LineScroll(logLineHeight) }));
  if (scroll.store === store) return scroll.lines;
  const lines = new LineScroll(logLineHeight);
  setScroll({ store, lines });
  return lines;
}

function useResize(element: HTMLElement | null, fit: () => void) {
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, fit]);
}
