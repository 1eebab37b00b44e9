"use client";

import dynamic from "next/dynamic";
import { useEffect, useSyncExternalStore } from "react";
import { copyText } from "./copy-button.tsx";
import type { ErrorWords } from "./error-panel.tsx";
import { emitToast, subscribeToToasts, toastsWanted } from "./toast-queue.ts";

const loadHost = () => import("./toast-host.tsx").then((module) => module.ToastHost);
const ToastHost = dynamic(loadHost, { ssr: false });

/** Mount once, in the app's providers. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribeToToasts, toastsWanted, () => false);
  useEffect(() => {
    // Early enough: the first toast may have to say that the server is gone.
    const timer = setTimeout(() => void loadHost().catch(() => undefined), 5000);
    return () => clearTimeout(timer);
  }, []);
  return wanted ? <ToastHost /> : null;
}

/** Says that something was done. */
export function toastDone(title: string, description?: string) {
  emitToast((toasts) => toasts.success(title, description ? { description } : {}));
}

/** Says that something failed, with what to do, and its id to copy. */
export function toastError(words: ErrorWords) {
  const detail = [words.detail, words.remedy].filter((part) => typeof part === "string").join(" ");
  const { id } = words;
  emitToast((toasts) =>
    toasts.error(words.title, {
      duration: 10_000,
      ...(detail ? { description: detail } : {}),
      ...(id ? { action: { label: "Copy id", onClick: () => void copyText(id) } } : {}),
    }),
  );
}

export interface UndoableToast {
  /** What was done: "Deleted 3 runs". */
  title: string;
  description?: string | undefined;
  /** Takes it back. What it rejects with is shown. */
  undo(): void | Promise<void>;
  /** Turns what `undo` rejects with into words. */
  explain?(error: unknown): ErrorWords;
}

/** Says what was done and offers to take it back, instead of asking beforehand. */
export function toastUndo({ title, description, undo, explain }: UndoableToast) {
  const takeBack = async () => {
    try {
      await undo();
    } catch (error) {
      toastError(explain?.(error) ?? { title: "Could not undo", detail: String(error) });
    }
  };
  emitToast((toasts) =>
    toasts.success(title, {
      duration: 8000,
      ...(description ? { description } : {}),
      action: { label: "Undo", onClick: () => void takeBack() },
    }),
  );
}
