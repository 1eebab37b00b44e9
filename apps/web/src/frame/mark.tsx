/** The product's mark: a mosaic of four tiles, one of them set apart. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 20 20" className={className} aria-hidden>
      <rect x="2" y="2" width="7.25" height="7.25" rx="1.6" fill="currentColor" />
      <rect
        x="2"
        y="10.75"
        width="7.25"
        height="7.25"
        rx="1.6"
        fill="currentColor"
        opacity="0.55"
      />
      <rect x="10.75" y="10.75" width="7.25" height="7.25" rx="1.6" fill="currentColor" />
      <rect
        x="11.4"
        y="1.4"
        width="7.25"
        height="7.25"
        rx="1.6"
        fill="var(--accent)"
        transform="rotate(14 15 5)"
      />
    </svg>
  );
}
