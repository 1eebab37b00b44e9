"use client";

import { ApiError } from "@tessera/client/api-error";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { errorWords } from "../data/error-words.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { ErrorPanel } from "../parts/error-panel.tsx";

export interface NotThereProps {
  /** What it is, such as "dataset". */
  noun: string;
  name: string;
  /** Where all of its kind are listed. */
  listHref: string;
  error: unknown;
  onRetry(): void;
}

/** In the place of a project's thing that is not there, or that could not be loaded. */
export function NotThere({ noun, name, listHref, error, onRetry }: NotThereProps) {
  const missing =
    error instanceof ApiError && (error.code === "not_found" || error.code === "invalid_argument");
  if (!missing) {
    return <ErrorPanel {...errorWords(error, `Could not load ${name}`)} onRetry={onRetry} />;
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={`There is no ${noun} ${name} in this project`}
      action={
        <Button asChild variant="primary">
          <Link href={listHref}>See the {noun}s</Link>
        </Button>
      }
    >
      Its name may be another one, or you may not be a member of this project.
    </EmptyState>
  );
}
