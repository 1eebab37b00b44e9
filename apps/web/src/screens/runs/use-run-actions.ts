"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  deleteRun,
  listExperiments,
  restoreRun,
  type Run,
  updateRun,
} from "@tessera/contracts/run";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { countOf } from "../../parts/format/number.ts";
import { toastDone, toastError, toastUndo } from "../../parts/toast.tsx";
import { eachRun } from "./each-run.ts";
import type { EachOutcome } from "./each-run.ts";

export type TagChanges = Readonly<Record<string, string | null>>;

export interface RunActions {
  readonly busy: boolean;
  remove(runs: readonly Run[]): Promise<void>;
  restore(runs: readonly Run[]): Promise<void>;
  /** Null takes a tag away. */
  tag(runs: readonly Run[], changes: TagChanges): Promise<void>;
}

/** What can be done to many runs at once; each of it can be taken back. */
export function useRunActions(
  project: string,
  onChanged: (ids: readonly string[]) => void,
): RunActions {
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const each = async (runs: readonly Run[], act: (id: string) => Promise<unknown>) => {
    setBusy(true);
    const ids = runs.map((run) => run.id);
    const outcome = await eachRun(ids, act);
    setBusy(false);
    onChanged(outcome.done);
    void queries.invalidateQueries({ queryKey: [listExperiments.id] });
    return outcome;
  };
  const params = (id: string) => ({ params: { project, id } });
  const remove = (id: string) => client.call(deleteRun, params(id));
  const restore = (id: string) => client.call(restoreRun, params(id));
  return {
    busy,
    async remove(runs) {
      const outcome = await each(runs, remove);
      tellFailures(outcome, runs, "delete");
      if (outcome.done.length === 0) return;
      toastUndo({
        title: `Deleted ${named(runs, outcome.done)}`,
        undo: async () => {
          const back = await eachRun(outcome.done, restore);
          onChanged(back.done);
          tellFailures(back, runs, "restore");
        },
      });
    },
    async restore(runs) {
      const outcome = await each(runs, restore);
      tellFailures(outcome, runs, "restore");
      if (outcome.done.length > 0) toastDone(`Restored ${named(runs, outcome.done)}`);
    },
    async tag(runs, changes) {
      const set = (id: string, tags: TagChanges) =>
        client.call(updateRun, { ...params(id), body: { tags: { ...tags } } });
      const outcome = await each(runs, (id) => set(id, changes));
      tellFailures(outcome, runs, "tag");
      if (outcome.done.length === 0) return;
      const before = new Map(runs.map((run) => [run.id, formerTags(run, changes)]));
      toastUndo({
        title: `Tagged ${named(runs, outcome.done)}`,
        undo: async () => {
          const back = await eachRun(outcome.done, (id) => set(id, before.get(id) ?? {}));
          onChanged(back.done);
          tellFailures(back, runs, "tag");
        },
      });
    },
  };
}

function formerTags(run: Run, changes: TagChanges): TagChanges {
  return Object.fromEntries(Object.keys(changes).map((key) => [key, run.tags[key] ?? null]));
}

/** "brave-otter", or "3 runs". */
function named(runs: readonly Run[], ids: readonly string[]): string {
  const only = ids.length === 1 ? runs.find((run) => run.id === ids[0]) : undefined;
  return only ? `“${only.name}”` : countOf(ids.length, "run");
}

function tellFailures({ failed }: EachOutcome, runs: readonly Run[], verb: string) {
  const [first] = failed;
  if (!first) return;
  const ids = failed.map(({ id }) => id);
  toastError(errorWords(first.error, `Could not ${verb} ${named(runs, ids)}`));
}
