/** What a workload asks of one node. */
export interface Need {
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
}

/** A workload that waits, in the order in which it should be served. */
export interface Waiting extends Need {
  readonly id: string;
  readonly name: string;
  /** Only holders of the same group are named in its reason. */
  readonly group: string;
}

/** A workload that holds part of a node. */
export interface Holding extends Need {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly node: string;
  readonly gpuIndexes: readonly number[];
}

export interface NodeCapacity {
  readonly id: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpuIndexes: readonly number[];
}

export interface Placement {
  readonly id: string;
  readonly node: string;
  readonly gpuIndexes: readonly number[];
}

export interface PlacementPlan {
  readonly placements: readonly Placement[];
  /** Why each of the others waits, in plain words. */
  readonly reasons: ReadonlyMap<string, string>;
}

interface Free {
  readonly node: NodeCapacity;
  cpus: number;
  memoryMb: number;
  gpus: number[];
}

function fits(free: Free, need: Need): boolean {
  return free.cpus >= need.cpus && free.memoryMb >= need.memoryMb && free.gpus.length >= need.gpus;
}

function couldFit(node: NodeCapacity, need: Need): boolean {
  return (
    node.cpus >= need.cpus && node.memoryMb >= need.memoryMb && node.gpuIndexes.length >= need.gpus
  );
}

function take(free: Free, need: Need): number[] {
  free.cpus -= need.cpus;
  free.memoryMb -= need.memoryMb;
  return free.gpus.splice(0, need.gpus);
}

function freeOf(nodes: readonly NodeCapacity[], holding: readonly Holding[]): Free[] {
  return nodes.map((node) => {
    const here = holding.filter((each) => each.node === node.id);
    const taken = new Set(here.flatMap((each) => each.gpuIndexes));
    return {
      node,
      cpus: node.cpus - here.reduce((sum, each) => sum + each.cpus, 0),
      memoryMb: node.memoryMb - here.reduce((sum, each) => sum + each.memoryMb, 0),
      gpus: node.gpuIndexes.filter((index) => !taken.has(index)),
    };
  });
}

/** The node that is left with the least room, so that large workloads keep finding some. */
function tightest(candidates: readonly Free[]): Free | undefined {
  return candidates.reduce<Free | undefined>((best, each) => {
    if (best === undefined) return each;
    if (each.gpus.length !== best.gpus.length) {
      return each.gpus.length < best.gpus.length ? each : best;
    }
    return each.cpus < best.cpus ? each : best;
  }, undefined);
}

function holdersOf(holders: readonly Holding[], group: string): string {
  const own = holders.filter((each) => each.group === group);
  const others = holders.length - own.length;
  const parts = own.slice(0, 3).map((each) => each.name);
  if (own.length > parts.length) parts.push(`${own.length - parts.length} more`);
  if (others > 0) parts.push(`${plural(others, "job")} of other projects`);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

interface World {
  readonly nodes: readonly NodeCapacity[];
  readonly holding: readonly Holding[];
}

function impossible(need: Need, nodes: readonly NodeCapacity[]): string {
  if (nodes.length === 0) return "waiting for a machine: no worker is connected";
  const most = (of: (node: NodeCapacity) => number) => Math.max(...nodes.map(of));
  const parts: string[] = [];
  const gpus = most((node) => node.gpuIndexes.length);
  if (need.gpus > gpus) parts.push(`${plural(need.gpus, "GPU")} (the largest machine has ${gpus})`);
  const cpus = most((node) => node.cpus);
  if (need.cpus > cpus) parts.push(`${plural(need.cpus, "CPU")} (the largest machine has ${cpus})`);
  const memory = most((node) => node.memoryMb);
  if (need.memoryMb > memory) {
    parts.push(`${need.memoryMb} MB of memory (the largest machine has ${memory})`);
  }
  if (parts.length === 0) parts.push("this combination on one machine");
  return `no connected machine has ${parts.join(" and ")}`;
}

function shortage(need: Waiting, free: readonly Free[], world: World): string {
  const eligible = free.filter((each) => couldFit(each.node, need));
  const ids = new Set(eligible.map((each) => each.node.id));
  const holders = world.holding.filter((each) => ids.has(each.node));
  const total = (of: (each: Free) => number) => eligible.reduce((sum, each) => sum + of(each), 0);
  if (need.gpus > 0 && !eligible.some((each) => each.gpus.length >= need.gpus)) {
    const all = total((each) => each.node.gpuIndexes.length);
    const gpuHolders = holders.filter((each) => each.gpus > 0);
    const used = gpuHolders.reduce((sum, each) => sum + each.gpuIndexes.length, 0);
    const by = gpuHolders.length > 0 ? ` by ${holdersOf(gpuHolders, need.group)}` : "";
    return `waiting for ${plural(need.gpus, "GPU")}: ${used} of ${all} in use${by}`;
  }
  if (!eligible.some((each) => each.cpus >= need.cpus)) {
    const all = total((each) => each.node.cpus);
    const used = holders.reduce((sum, each) => sum + each.cpus, 0);
    return `waiting for ${plural(need.cpus, "CPU")}: ${used} of ${all} in use by ${holdersOf(holders, need.group)}`;
  }
  if (!eligible.some((each) => each.memoryMb >= need.memoryMb)) {
    const all = total((each) => each.node.memoryMb);
    const used = holders.reduce((sum, each) => sum + each.memoryMb, 0);
    return `waiting for ${need.memoryMb} MB of memory: ${used} of ${all} MB in use by ${holdersOf(holders, need.group)}`;
  }
  return `waiting for room on one machine: in use by ${holdersOf(holders, need.group)}`;
}

/**
 * Decides who runs where. The order of `waiting` is the order of service; a workload that does
 * not fit keeps what is free on the node where it will fit soonest, so that smaller ones behind
 * it cannot starve it, while those that need other resources go on.
 */
export function placeWorkloads(waiting: readonly Waiting[], world: World): PlacementPlan {
  const free = freeOf(world.nodes, world.holding);
  const placements: Placement[] = [];
  const holding = [...world.holding];
  const reasons = new Map<string, string>();
  const reserved: string[] = [];
  for (const each of waiting) {
    const spot = tightest(free.filter((candidate) => fits(candidate, each)));
    if (spot !== undefined) {
      const gpuIndexes = take(spot, each);
      placements.push({ id: each.id, node: spot.node.id, gpuIndexes });
      holding.push({ ...each, name: each.name, node: spot.node.id, gpuIndexes });
      continue;
    }
    if (!world.nodes.some((node) => couldFit(node, each))) {
      reasons.set(each.id, impossible(each, world.nodes));
      continue;
    }
    reasons.set(each.id, waitReason(each, { free, world: { ...world, holding }, reserved }));
    reserve(free, each);
    reserved.push(each.id);
  }
  return { placements, reasons };
}

interface WaitState {
  readonly free: readonly Free[];
  readonly world: World;
  readonly reserved: readonly string[];
}

function waitReason(need: Waiting, { free, world, reserved }: WaitState): string {
  const unreserved = freeOf(world.nodes, world.holding);
  if (reserved.length > 0 && unreserved.some((each) => fits(each, need))) {
    return `waiting its turn: ${plural(reserved.length, "job")} before it`;
  }
  return shortage(need, unreserved.length > 0 ? unreserved : free, world);
}

function reserve(free: readonly Free[], need: Need): void {
  const eligible = free.filter((each) => couldFit(each.node, need));
  const spot = eligible.reduce<Free | undefined>((best, each) => {
    if (best === undefined) return each;
    if (each.gpus.length !== best.gpus.length) {
      return each.gpus.length > best.gpus.length ? each : best;
    }
    return each.cpus > best.cpus ? each : best;
  }, undefined);
  if (spot === undefined) return;
  spot.cpus -= need.cpus;
  spot.memoryMb -= need.memoryMb;
  spot.gpus.splice(0, need.gpus);
}
