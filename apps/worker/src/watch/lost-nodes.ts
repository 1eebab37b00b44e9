import { type BusyNode, listBusyNodes } from "@tessera/usecases/jobs/list-busy-nodes";
import { settleLostNode } from "@tessera/usecases/jobs/settle-lost-node";
import type { Context } from "@tessera/usecases/platform/platform";

/** How long this worker must have seen another node say nothing before that is taken for gone. */
export const GONE_MS = 10 * 60_000;

interface Silence {
  readonly seenAt: number;
  /** By this worker's own clock: an outage of the database silences all nodes alike. */
  readonly since: number;
}

/** Finds machines that are gone for good, and has their jobs run elsewhere. */
export class LostNodes {
  readonly #ctx: Context;
  readonly #ownId: string;
  #silent = new Map<string, Silence>();

  constructor(ctx: Context, ownId: string) {
    this.#ctx = ctx;
    this.#ownId = ownId;
  }

  async look(): Promise<void> {
    const nodes = (await listBusyNodes(this.#ctx)).filter(({ id }) => id !== this.#ownId);
    const now = this.#ctx.clock.now().getTime();
    const before = this.#silent;
    this.#silent = new Map(
      nodes.map((node) => [node.id, silenceOf(node, before.get(node.id), now)]),
    );
    for (const node of nodes) {
      const { since } = this.#silent.get(node.id) ?? { since: now };
      if (now - since >= GONE_MS) await settleLostNode(this.#ctx, node);
    }
  }
}

function silenceOf(node: BusyNode, known: Silence | undefined, now: number): Silence {
  const seenAt = node.seenAt.getTime();
  return known?.seenAt === seenAt ? known : { seenAt, since: now };
}
