"use client";

import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";
import { Tooltip } from "./tooltip.tsx";

const buttonClasses = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-button not-aria-disabled:hover:bg-accent-hover",
        secondary:
          "border border-line bg-surface text-ink shadow-button not-aria-disabled:hover:bg-hover data-[state=open]:bg-hover",
        ghost:
          "text-ink-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        danger: "bg-bad-strong text-on-accent shadow-button not-aria-disabled:hover:bg-bad-hover",
        "danger-ghost": "text-bad not-aria-disabled:hover:bg-bad-soft",
      },
      size: {
        md: "h-8 px-3 text-base",
        sm: "h-7 px-2.5 text-sm [&_svg]:size-3.5",
        lg: "h-10 px-4 text-base",
      },
      square: { true: "px-0", false: "" },
    },
    compoundVariants: [
      { square: true, size: "md", className: "w-8" },
      { square: true, size: "sm", className: "w-7" },
      { square: true, size: "lg", className: "w-10" },
    ],
    defaultVariants: { variant: "secondary", size: "md", square: false },
  },
);

type ButtonLook = Pick<VariantProps<typeof buttonClasses>, "variant" | "size">;

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, ButtonLook {
  /** Draws the only child (a link, say) as the button. */
  asChild?: boolean | undefined;
  /** Shows a spinner in the button and ignores presses. */
  busy?: boolean | undefined;
  /** Why the button cannot work now, or null when it can; shown as its tooltip. */
  disabledReason?: string | null | undefined;
  icon?: ReactNode | undefined;
}

/**
 * A button that stays focusable when it cannot work, so that its reason can be read with the
 * keyboard too.
 */
export function Button(props: ButtonProps) {
  const { asChild, busy, disabledReason, variant, size, className, icon, children, ...rest } =
    props;
  const blocked = Boolean(busy) || Boolean(disabledReason);
  const classes = cn(buttonClasses({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const button = (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      onClick={blocked ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy ? <LoaderCircle className="animate-turn" aria-hidden /> : icon}
      {children}
    </button>
  );
  return disabledReason ? <Tooltip content={disabledReason}>{button}</Tooltip> : button;
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "asChild"> {
  /** Names the button for everyone: the tooltip and the accessible name. */
  label: string;
  children: ReactNode;
  /** Key hint drawn in the tooltip. */
  keys?: string | undefined;
}

/** A square button with only an icon; its label is its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, keys, children, variant = "ghost", size = "sm", className, ...rest } = props;
  const { busy, disabledReason, onClick, ...native } = rest;
  const blocked = Boolean(busy) || Boolean(disabledReason);
  return (
    <Tooltip content={disabledReason ?? label} keys={disabledReason ? undefined : keys}>
      <button
        type="button"
        {...native}
        aria-label={label}
        aria-disabled={blocked || undefined}
        aria-busy={busy || undefined}
        onClick={blocked ? (event) => event.preventDefault() : onClick}
        className={cn(buttonClasses({ variant, size, square: true }), className)}
      >
        {busy ? <LoaderCircle className="animate-turn" aria-hidden /> : children}
      </button>
    </Tooltip>
  );
}
