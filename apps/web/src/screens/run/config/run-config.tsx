"use client";

import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { useRefusal } from "../../../data/permission.ts";
import { JobSettings } from "./job-settings.tsx";
import { NoteEditor } from "./note-editor.tsx";
import { ParamTable } from "./param-table.tsx";
import { SystemTags } from "./system-tags.tsx";
import { TagEditor } from "./tag-editor.tsx";

export interface RunConfigProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** What the run was given, and what people wrote about it. */
export function RunConfig({ project, run, job }: RunConfigProps) {
  const refusal = useRefusal(project)("run.write");
  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ParamTable run={run} />
      <div className="flex min-w-0 flex-col gap-6">
        <NoteEditor project={project} run={run} refusal={refusal} />
        <TagEditor project={project} run={run} refusal={refusal} />
        {job ? <JobSettings job={job} /> : null}
        <SystemTags tags={run.tags} />
      </div>
    </div>
  );
}
