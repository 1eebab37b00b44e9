"use client";

import { cancelJob, getJob, type Job, listJobs, rerunJob } from "@tessera/contracts/job";
import { getOverview } from "@tessera/contracts/overview";
import { getQueue } from "@tessera/contracts/queue";
import { deleteRun, getRun, restoreRun, type Run, searchRuns } from "@tessera/contracts/run";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { useAction } from "../../../data/use-action.ts";
import { projectPath } from "../../../frame/navigation.ts";
import { toastDone, toastUndo } from "../../../parts/toast.tsx";
import { rerunName } from "../rerun-name.ts";
import { runPath } from "../run-paths.ts";

const stale = [getRun, getJob, listJobs, searchRuns, getQueue, getOverview];

interface Target {
  readonly project: string;
  readonly run: Run;
}

/** Asks the platform to stop a run's job. */
export function useCancel({ project, run }: Target) {
  return useAction({
    run: () => client.call(cancelJob, { params: { project, id: run.id } }),
    failure: `Could not cancel ${run.name}`,
    stale,
  });
}

/** Submits the same again, and goes to the new run. */
export function useRerun({ project, run }: Target) {
  const goTo = useGoToRun(project);
  return useAction({
    run: () =>
      client.call(rerunJob, {
        params: { project, id: run.id },
        body: { name: rerunName(run.name) },
      }),
    failure: `Could not run ${run.name} again`,
    stale,
    onDone: goTo,
  });
}

/** Goes to a run that was just submitted, and says so. */
export function useGoToRun(project: string): (job: Job) => void {
  const router = useRouter();
  return (job) => {
    toastDone("Submitted", job.name);
    router.push(runPath(project, job.id));
  };
}

/** Deletes a run, leaves its page, and offers to take it back. */
export function useDelete({ project, run }: Target) {
  const queries = useQueryClient();
  const router = useRouter();
  const params = { project, id: run.id };
  const refresh = () => {
    for (const endpoint of stale) void queries.invalidateQueries({ queryKey: [endpoint.id] });
  };
  return useAction({
    run: () => client.call(deleteRun, { params }),
    failure: `Could not delete ${run.name}`,
    stale,
    onDone: () => {
      router.push(projectPath(project, "runs"));
      toastUndo({
        title: `Deleted ${run.name}`,
        undo: async () => {
          await client.call(restoreRun, { params });
          refresh();
        },
        explain: (error) => errorWords(error, `Could not bring ${run.name} back`),
      });
    },
  });
}

export function useRestore({ project, run }: Target) {
  return useAction({
    run: () => client.call(restoreRun, { params: { project, id: run.id } }),
    failure: `Could not bring ${run.name} back`,
    stale,
  });
}
