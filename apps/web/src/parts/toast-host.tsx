"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { openToasts } from "./toast-queue.ts";

/** Where toasts appear. Loaded with the first of them. */
export function ToastHost() {
  const { resolvedTheme } = useTheme();
  useEffect(() => openToasts(toast), []);
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      offset={16}
      gap={8}
      visibleToasts={4}
      expand
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
