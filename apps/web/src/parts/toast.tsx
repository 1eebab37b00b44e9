"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner, toast as sonner } from "sonner";
import type { ErrorWords } from "./error-panel.tsx";
import { copyText } from "./copy-button.tsx";

/** Mount once, in the app's providers. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      offset={16}
      gap={8}
      visibleToasts={4}
      icons={{
        success: <CircleCheck className="size-4 text-good" aria-hidden />,
        error: <CircleAlert className="size-4 text-bad" aria-hidden />,
        warning: <TriangleAlert className="size-4 text-warn" aria-hidden />,
        info: <Info className="size-4 text-ink-3" aria-hidden />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[356px] max-w-[calc(100vw-32px)] items-start gap-2.5 rounded-lg bg-raised p-3 text-base text-ink shadow-pop font-sans",
          content: "flex min-w-0 flex-1 flex-col gap-0.5",
          icon: "mt-0.5 shrink-0",
          title: "font-medium [overflow-wrap:anywhere]",
          description: "text-sm text-ink-2 [overflow-wrap:anywhere]",
          actionButton:
            "ml-auto h-7 shrink-0 rounded-md border border-line bg-surface px-2.5 text-sm font-medium hover:bg-hover",
        },
      }}
    />
  );
}

/** Says that something was done. */
export function toastDone(title: string, description?: string) {
  sonner.success(title, description ? { description } : {});
}

/** Says that something failed, with what to do, and its id to copy. */
export function toastError(words: ErrorWords) {
  const detail = [words.detail, words.remedy].filter((part) => typeof part === "string").join(" ");
  sonner.error(words.title, {
    duration: 10_000,
    ...(detail ? { description: detail } : {}),
    ...(words.id
      ? { action: { label: "Copy id", onClick: () => void copyText(words.id ?? "") } }
      : {}),
  });
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
  sonner.success(title, {
    duration: 8000,
    ...(description ? { description } : {}),
    action: { label: "Undo", onClick: () => void takeBack() },
  });
}
