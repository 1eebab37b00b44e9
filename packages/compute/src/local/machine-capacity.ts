import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** CPUs and memory that this process may use: the machine's, or less inside a container. */
export function readMachineCapacity(): { cpus: number; memoryBytes: number } {
  // Node answers 0, or an absurdly large number, where no limit is set.
  const constrained = process.constrainedMemory() ?? 0;
  const total = totalmem();
  const memoryBytes = constrained > 0 && constrained < total ? constrained : total;
  const cpus = availableParallelism();
  return { cpus: Math.min(cpus, readCpuQuota() ?? cpus), memoryBytes };
}

/** The container's CPU quota in cores (cgroup v2 "cpu.max": "<quota|max> <period>"). */
function readCpuQuota(): number | undefined {
  try {
    const [quota, period] = readFileSync("/sys/fs/cgroup/cpu.max", "latin1").trim().split(" ");
    const cores = Number(quota) / Number(period);
    return cores > 0 ? cores : undefined;
  } catch {
    return undefined;
  }
}
