"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode | undefined;
  children?: ReactNode | undefined;
  /** The buttons, the main one last. */
  footer?: ReactNode | undefined;
  size?: "sm" | "md" | "lg" | "xl" | undefined;
  /** Put on the body, for content that brings its own padding. */
  bodyClassName?: string | undefined;
}

const widths = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl", xl: "max-w-5xl" };

/** A modal question or form. Focus returns to what opened it. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "md" } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 animate-dialog flex-col rounded-lg bg-raised shadow-modal outline-none",
            widths[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold [overflow-wrap:anywhere]">
                {title}
              </Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-base text-ink-2">
                  {description}
                </Radix.Description>
              ) : null}
            </div>
            <CloseButton />
          </header>
          <div className={cn("min-h-0 flex-1 overflow-y-auto px-5 pb-5", props.bodyClassName)}>
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function CloseButton() {
  return (
    <Radix.Close
      aria-label="Close"
      className="-mr-1.5 rounded-sm p-1 text-ink-3 transition-colors hover:bg-hover hover:text-ink"
    >
      <X className="size-4" aria-hidden />
    </Radix.Close>
  );
}

export interface SheetProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  /** Hides the title from sight, for a sheet whose content says it already. */
  titleHidden?: boolean | undefined;
  side?: "left" | "right" | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A panel from the edge of the window: navigation on a phone, details beside a table. */
export function Sheet(props: SheetProps) {
  const { open, onOpenChange, title, titleHidden, side = "right", className, children } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className={cn(
            "fixed inset-y-0 z-50 flex w-[min(440px,calc(100vw-48px))] flex-col bg-surface shadow-modal outline-none",
            side === "left" ? "left-0 animate-sheet-left" : "right-0 animate-sheet-right",
            className,
          )}
        >
          {titleHidden ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex items-center gap-3 border-b border-line px-4 py-3">
              <Radix.Title className="min-w-0 flex-1 truncate text-base font-semibold">
                {title}
              </Radix.Title>
              <CloseButton />
            </header>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
