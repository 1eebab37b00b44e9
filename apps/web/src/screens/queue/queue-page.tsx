"use client";

import { getQueue, type Queue } from "@tessera/contracts/queue";
import { ListOrdered } from "lucide-react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { NodeCard } from "./node-card.tsx";
import { QueueTable } from "./queue-table.tsx";

/** Why does mine wait? What runs where, what waits and why. */
export function QueuePage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const queue = useEndpoint(getQueue, {}, { refetchMs: 5000, keepPrevious: true });
  return (
    <Page crumbs={[home, { label: "Queue" }]}>
      {queue.isPending ? <SkeletonRows /> : null}
      {queue.isError ? (
        <ErrorPanel
          {...errorWords(queue.error, "Could not load the queue")}
          onRetry={() => void queue.refetch()}
        />
      ) : null}
      {queue.data === undefined ? null : <QueueView queue={queue.data} project={project} />}
    </Page>
  );
}

function QueueView({ queue, project }: { queue: Queue; project: string }) {
  return (
    <div className="flex flex-col gap-7">
      <section>
        <h2 className="mb-2 text-base font-semibold">Machines</h2>
        {queue.nodes.length === 0 ? (
          <EmptyState title="No machine is connected">
            A worker connects by itself once it runs; `npm start` starts one.
          </EmptyState>
        ) : (
          <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
            {queue.nodes.map((node) => (
              <NodeCard key={node.name} node={node} holders={queue.running} />
            ))}
          </div>
        )}
      </section>
      <QueueTable
        title="Running"
        kind="running"
        entries={queue.running}
        hidden={queue.hidden.running}
        empty={
          <EmptyState
            icon={<ListOrdered aria-hidden />}
            title="Nothing runs"
            command={`tessera run --project ${project} -- python train.py`}
          >
            Submit a command, and it shows here.
          </EmptyState>
        }
      />
      <QueueTable
        title="Waiting"
        kind="waiting"
        entries={queue.waiting}
        hidden={queue.hidden.waiting}
        empty={<p className="text-sm text-ink-2">Nothing waits.</p>}
      />
    </div>
  );
}
