/** What a workload asks of one node. */
export interface Need {
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
}

/** A workload that waits. */
export interface Waiting extends Need {
  readonly id: string;
  readonly name: string;
  /** Only workloads of the same group are named in its reason. */
  readonly group: string;
}

/** A workload that holds part of a node. */
export interface Holding extends Waiting {
  readonly node: string;
  readonly gpuIndexes: readonly number[];
}

export interface NodeCapacity {
  readonly id: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpuIndexes: readonly number[];
}

export interface World {
  readonly nodes: readonly NodeCapacity[];
  /** What is held on them; other nodes' holders count for nothing. */
  readonly holding: readonly Holding[];
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

/** A node with what is left of it. */
export interface Free {
  readonly node: NodeCapacity;
  cpus: number;
  memoryMb: number;
  gpus: number[];
}
