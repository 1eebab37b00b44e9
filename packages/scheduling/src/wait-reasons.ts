import type { Free, Holding, Need, NodeCapacity, Waiting } from "./world.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** "1 GPU", "0.5 CPUs". */
function plural(count: number, noun: string): string {
  return `${round(count)} ${noun}${round(count) === 1 ? "" : "s"}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return round(items.reduce((sum, item) => sum + of(item), 0));
}

/** Names at most three of one's own; those of others are only counted. */
function holdersOf(holders: readonly Holding[], group: string): string {
  const own = holders.filter((each) => each.group === group);
  const others = holders.length - own.length;
  const parts = own.slice(0, 3).map((each) => each.name);
  if (own.length > parts.length) parts.push(`${own.length - parts.length} more`);
  if (others > 0) parts.push(`${plural(others, "job")} of other projects`);
  return parts.length === 0 ? "" : ` by ${list.format(parts)}`;
}

/** Why no machine will ever do, as things are. */
export function impossible(need: Need, nodes: readonly NodeCapacity[]): string {
  if (nodes.length === 0) return "waiting for a machine: no worker is connected";
  const most = (of: (node: NodeCapacity) => number): number => Math.max(...nodes.map(of));
  const gpus = most((node) => node.gpuIndexes.length);
  const cpus = most((node) => node.cpus);
  const memoryMb = most((node) => node.memoryMb);
  const parts: string[] = [];
  if (need.gpus > gpus) parts.push(`${plural(need.gpus, "GPU")} (the largest machine has ${gpus})`);
  if (need.cpus > cpus) parts.push(`${plural(need.cpus, "CPU")} (the largest machine has ${cpus})`);
  if (need.memoryMb > memoryMb) {
    parts.push(`${need.memoryMb} MB of memory (the largest machine has ${memoryMb})`);
  }
  if (parts.length === 0) parts.push("all of this on one machine");
  return `no connected machine has ${list.format(parts)}`;
}

/** What is short on the nodes that would do, and who has it. */
export function shortage(
  need: Waiting,
  eligible: readonly Free[],
  holding: readonly Holding[],
): string {
  const ids = new Set(eligible.map((free) => free.node.id));
  const holders = holding.filter((each) => ids.has(each.node));
  if (!eligible.some((free) => free.gpus.length >= need.gpus)) {
    const having = holders.filter((each) => each.gpuIndexes.length > 0);
    const used = sumOf(having, (each) => each.gpuIndexes.length);
    const all = sumOf(eligible, (free) => free.node.gpuIndexes.length);
    const who = holdersOf(having, need.group);
    return `waiting for ${plural(need.gpus, "GPU")}: ${used} of ${all} in use${who}`;
  }
  const who = holdersOf(holders, need.group);
  if (!eligible.some((free) => free.cpus >= need.cpus)) {
    const used = sumOf(holders, (each) => each.cpus);
    const all = sumOf(eligible, (free) => free.node.cpus);
    return `waiting for ${plural(need.cpus, "CPU")}: ${used} of ${all} in use${who}`;
  }
  if (!eligible.some((free) => free.memoryMb >= need.memoryMb)) {
    const used = sumOf(holders, (each) => each.memoryMb);
    const all = sumOf(eligible, (free) => free.node.memoryMb);
    return `waiting for ${need.memoryMb} MB of memory: ${used} of ${all} MB in use${who}`;
  }
  return `waiting for room on one machine: in use${who}`;
}
