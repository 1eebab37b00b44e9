"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** For an account that came in by a link: without a password, there is no second time. */
export function WelcomeNote() {
  const pathname = usePathname();
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-warn-soft px-4 py-1.5 text-sm text-warn"
    >
      <span>You came in by a one-time link and have no password yet.</span>
      <Link
        href={`/welcome?next=${encodeURIComponent(pathname)}`}
        className="font-medium underline underline-offset-2"
      >
        Set how you sign in
      </Link>
    </div>
  );
}
