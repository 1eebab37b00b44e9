import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Holding,
  type NodeCapacity,
  placeWorkloads,
  type Waiting,
} from "./place-workloads.ts";

const node: NodeCapacity = { id: "n1", cpus: 4, memoryMb: 8000, gpuIndexes: [0, 1] };

function job(id: string, need: Partial<Waiting> = {}): Waiting {
  return { id, name: id, group: "p", cpus: 1, memoryMb: 1000, gpus: 0, ...need };
}

function held(id: string, need: Partial<Holding> = {}): Holding {
  return { ...job(id), node: "n1", gpuIndexes: [], ...need };
}

describe("placeWorkloads", () => {
  it("places in order until the node is full and says what the rest waits for", () => {
    const waiting = ["a", "b", "c", "d", "e"].map((id) => job(id));
    const plan = placeWorkloads(waiting, { nodes: [node], holding: [] });
    expect(plan.placements.map((each) => each.id)).toEqual(["a", "b", "c", "d"]);
    expect(plan.reasons.get("e")).toBe("waiting for 1 CPU: 4 of 4 in use by a, b, c, and 1 more");
  });

  it("hands out each GPU once and names who holds them", () => {
    const holding = [held("train-1", { gpus: 2, gpuIndexes: [0, 1] })];
    const plan = placeWorkloads([job("x", { gpus: 1 })], { nodes: [node], holding });
    expect(plan.placements).toEqual([]);
    expect(plan.reasons.get("x")).toBe("waiting for 1 GPU: 2 of 2 in use by train-1");
  });

  it("does not name jobs of other projects", () => {
    const holding = [held("secret", { gpus: 2, gpuIndexes: [0, 1], group: "other" })];
    const plan = placeWorkloads([job("x", { gpus: 1 })], { nodes: [node], holding });
    expect(plan.reasons.get("x")).toBe(
      "waiting for 1 GPU: 2 of 2 in use by 1 job of other projects",
    );
  });

  it("lets a job that needs no GPU go past one that waits for a GPU", () => {
    const holding = [held("g", { cpus: 1, gpus: 2, gpuIndexes: [0, 1] })];
    const plan = placeWorkloads([job("gpu", { gpus: 1 }), job("cpu")], {
      nodes: [node],
      holding,
    });
    expect(plan.placements.map((each) => each.id)).toEqual(["cpu"]);
  });

  it("keeps room for a large job, so that small ones cannot starve it", () => {
    const holding = [held("h", { cpus: 2 })];
    const waiting = [job("large", { cpus: 4 }), job("small")];
    const plan = placeWorkloads(waiting, { nodes: [node], holding });
    expect(plan.placements).toEqual([]);
    expect(plan.reasons.get("small")).toBe("waiting its turn: 1 job before it");
  });

  it("says so when no machine will ever do", () => {
    const plan = placeWorkloads([job("huge", { gpus: 8 })], { nodes: [node], holding: [] });
    expect(plan.reasons.get("huge")).toBe(
      "no connected machine has 8 GPUs (the largest machine has 2)",
    );
    const none = placeWorkloads([job("a")], { nodes: [], holding: [] });
    expect(none.reasons.get("a")).toBe("waiting for a machine: no worker is connected");
  });

  it("never gives out more than there is, nor a GPU twice, and explains every other", () => {
    const need = fc.record({
      cpus: fc.integer({ min: 1, max: 6 }),
      memoryMb: fc.integer({ min: 1, max: 9000 }),
      gpus: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(need, { maxLength: 30 }), fc.integer({ min: 0, max: 3 }), (needs, n) => {
        const nodes = Array.from({ length: n }, (_, index) => ({ ...node, id: `n${index}` }));
        const waiting = needs.map((each, index) => job(`j${index}`, each));
        const plan = placeWorkloads(waiting, { nodes, holding: [] });
        expect(plan.placements.length + plan.reasons.size).toBe(waiting.length);
        for (const { id } of nodes) {
          const here = plan.placements.filter((each) => each.node === id);
          const jobs = here.map((each) => waiting.find((one) => one.id === each.id));
          const sum = (of: (each: Waiting) => number) =>
            jobs.reduce((total, each) => total + (each ? of(each) : 0), 0);
          expect(sum((each) => each.cpus)).toBeLessThanOrEqual(node.cpus);
          expect(sum((each) => each.memoryMb)).toBeLessThanOrEqual(node.memoryMb);
          const gpus = here.flatMap((each) => each.gpuIndexes);
          expect(new Set(gpus).size).toBe(gpus.length);
          expect(gpus.length).toBe(sum((each) => each.gpus));
        }
      }),
    );
  });
});
