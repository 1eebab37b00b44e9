import { impossible, shortage } from "./wait-reasons.ts";
import type {
  Free,
  Holding,
  Need,
  NodeCapacity,
  Placement,
  PlacementPlan,
  Waiting,
  World,
} from "./world.ts";

/** Sums of shares such as 0.1 miss whole numbers by this much at most. */
const TINY = 1e-6;

const nothing: Need = { cpus: 0, memoryMb: 0, gpus: 0 };

function isWithin(need: Need, room: Need): boolean {
  return need.cpus <= room.cpus + TINY && need.memoryMb <= room.memoryMb && need.gpus <= room.gpus;
}

function couldFit(node: NodeCapacity, need: Need): boolean {
  return isWithin(need, { ...node, gpus: node.gpuIndexes.length });
}

function freeOf(node: NodeCapacity, holding: readonly Holding[]): Free {
  const here = holding.filter((each) => each.node === node.id);
  const taken = new Set(here.flatMap((each) => each.gpuIndexes));
  return {
    node,
    cpus: here.reduce((left, each) => left - each.cpus, node.cpus),
    memoryMb: here.reduce((left, each) => left - each.memoryMb, node.memoryMb),
    gpus: node.gpuIndexes.filter((index) => !taken.has(index)),
  };
}

/**
 * Decides who runs where. What it is given is served in order; the first that does not fit keeps
 * room on one node, so that smaller ones behind it cannot starve it, while all the room that it
 * leaves is used (EASY backfilling: D. Lifka, "The ANL/IBM SP Scheduling System", 1995).
 */
export class Placer {
  readonly #nodes: readonly NodeCapacity[];
  readonly #holding: Holding[];
  readonly #free: readonly Free[];
  #reserved: { readonly node: string; readonly by: Waiting } | undefined;

  constructor(world: World) {
    const ids = new Set(world.nodes.map((node) => node.id));
    this.#nodes = world.nodes;
    this.#holding = world.holding.filter((each) => ids.has(each.node));
    this.#free = world.nodes.map((node) => freeOf(node, this.#holding));
  }

  /** What needs more than this of anything does not fit on any node now. */
  get room(): Need {
    const open = this.#free.map((free) => this.#open(free));
    const most = (of: (room: Need) => number): number => Math.max(0, ...open.map(of));
    return {
      cpus: most((room) => room.cpus) + TINY,
      memoryMb: most((room) => room.memoryMb),
      gpus: most((room) => room.gpus),
    };
  }

  /** Serves the next part of the queue. */
  serve(waiting: readonly Waiting[]): PlacementPlan {
    const placements: Placement[] = [];
    const left: { readonly need: Waiting; readonly inTurn: boolean }[] = [];
    for (const need of waiting) {
      const placement = this.#place(need);
      if (placement !== undefined) {
        placements.push(placement);
        continue;
      }
      left.push({ need, inTurn: this.#free.some((free) => isWithin(need, amountOf(free))) });
      this.#reserve(need);
    }
    return { placements, reasons: this.#explain(left) };
  }

  #place(need: Waiting): Placement | undefined {
    const spot = tightest(this.#free.filter((free) => isWithin(need, this.#open(free))));
    if (spot === undefined) return undefined;
    spot.cpus -= need.cpus;
    spot.memoryMb -= need.memoryMb;
    const gpuIndexes = spot.gpus.splice(0, need.gpus);
    const placement = { id: need.id, node: spot.node.id, gpuIndexes };
    this.#holding.push({ ...need, ...placement });
    return placement;
  }

  /** What a node has to give away: all that is free but for what is kept. */
  #open(free: Free): Need {
    const kept = this.#reserved?.node === free.node.id ? this.#reserved.by : nothing;
    return {
      cpus: Math.max(0, free.cpus - kept.cpus),
      memoryMb: Math.max(0, free.memoryMb - kept.memoryMb),
      gpus: Math.max(0, free.gpus.length - kept.gpus),
    };
  }

  #reserve(need: Waiting): void {
    if (this.#reserved !== undefined) return;
    const spot = roomiest(this.#free.filter((free) => couldFit(free.node, need)));
    if (spot !== undefined) this.#reserved = { node: spot.node.id, by: need };
  }

  #explain(
    left: readonly { readonly need: Waiting; readonly inTurn: boolean }[],
  ): ReadonlyMap<string, string> {
    // Workloads of one group that ask for the same wait for the same.
    const known = new Map<string, string>();
    return new Map(
      left.map(({ need, inTurn }) => {
        if (inTurn) return [need.id, this.#turn(need)];
        const shape = JSON.stringify([need.group, need.cpus, need.memoryMb, need.gpus]);
        const reason = known.get(shape) ?? this.#lack(need);
        known.set(shape, reason);
        return [need.id, reason];
      }),
    );
  }

  #lack(need: Waiting): string {
    const eligible = this.#free.filter((free) => couldFit(free.node, need));
    if (eligible.length === 0) return impossible(need, this.#nodes);
    return shortage(need, eligible, this.#holding);
  }

  #turn(need: Waiting): string {
    const first = this.#reserved?.by;
    const whom = first?.group === need.group ? first.name : "a job of another project";
    return `waiting its turn: room is kept for ${whom}, which comes first`;
  }
}

function amountOf(free: Free): Need {
  return { cpus: free.cpus, memoryMb: free.memoryMb, gpus: free.gpus.length };
}

/** The node that is left with the least room, so that large workloads keep finding some. */
function tightest(candidates: readonly Free[]): Free | undefined {
  return candidates.toSorted((a, b) => a.gpus.length - b.gpus.length || a.cpus - b.cpus)[0];
}

/** The node on which a workload that does not fit will probably fit first. */
function roomiest(candidates: readonly Free[]): Free | undefined {
  return candidates.toSorted((a, b) => b.gpus.length - a.gpus.length || b.cpus - a.cpus)[0];
}
