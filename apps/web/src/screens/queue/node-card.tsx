import type { QueueEntry, QueueNode } from "@tessera/contracts/queue";
import { Cpu, MemoryStick } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { projectPath } from "../../frame/navigation.ts";
import { Badge } from "../../parts/badge.tsx";
import { cn } from "../../parts/class-names.ts";
import { RelativeTime } from "../../parts/figures.tsx";
import { formatBytes } from "../../parts/format/bytes.ts";

const MB = 1024 * 1024;

interface MeterProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly used: number;
  readonly total: number;
  readonly text: string;
}

function Meter({ icon, label, used, total, text }: MeterProps) {
  const share = total === 0 ? 0 : Math.min(1, used / total);
  return (
    <div className="flex items-center gap-2 text-sm">
      <span className="text-ink-3 [&>svg]:size-3.5">{icon}</span>
      <span className="w-16 text-ink-2">{label}</span>
      <span
        role="meter"
        aria-label={`${label} in use`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={used}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken"
      >
        <span
          className={cn("block h-full rounded-full", share > 0.95 ? "bg-warn" : "bg-accent")}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="tabular w-32 text-right whitespace-nowrap text-ink-2">{text}</span>
    </div>
  );
}

interface NodeCardProps {
  readonly node: QueueNode;
  /** What runs, to name who holds a GPU. */
  readonly holders: readonly QueueEntry[];
}

/** A machine: what it has and what of it is in use, by whom. */
export function NodeCard({ node, holders }: NodeCardProps) {
  return (
    <article className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <header className="flex items-center gap-2">
        <h3 className="min-w-0 truncate font-mono text-sm font-medium">{node.name}</h3>
        <span className="ml-auto">
          {node.alive ? (
            <Badge tone="good">connected</Badge>
          ) : (
            <Badge tone="warn">
              silent since <RelativeTime time={node.seenAt} />
            </Badge>
          )}
        </span>
      </header>
      <Meter
        icon={<Cpu aria-hidden />}
        label="CPUs"
        used={node.cpusUsed}
        total={node.cpus}
        text={`${node.cpusUsed} of ${node.cpus}`}
      />
      <Meter
        icon={<MemoryStick aria-hidden />}
        label="Memory"
        used={node.memoryMbUsed}
        total={node.memoryMb}
        text={`${formatBytes(node.memoryMbUsed * MB)} of ${formatBytes(node.memoryMb * MB)}`}
      />
      {node.gpus.length === 0 ? (
        <p className="text-sm text-ink-3">No GPU</p>
      ) : (
        <ul className="flex flex-col gap-1 text-sm">
          {node.gpus.map((gpu) => (
            <GpuLine
              key={gpu.index}
              gpu={gpu}
              holder={holders.find((entry) => entry.id === gpu.usedBy)}
            />
          ))}
        </ul>
      )}
    </article>
  );
}

type Gpu = QueueNode["gpus"][number];

function GpuLine({ gpu, holder }: { gpu: Gpu; holder: QueueEntry | undefined }) {
  return (
    <li className="flex items-center gap-2">
      <span className="tabular text-ink-3">{gpu.index}</span>
      <span className="min-w-0 truncate">{gpu.name}</span>
      <span className="ml-auto min-w-0 truncate text-right">
        {holder !== undefined ? (
          <Link
            className="text-accent hover:underline"
            href={projectPath(holder.project, "runs", holder.id)}
          >
            {holder.name}
          </Link>
        ) : gpu.busy ? (
          <span className="text-ink-2">in use</span>
        ) : (
          <span className="text-good">free</span>
        )}
      </span>
    </li>
  );
}
