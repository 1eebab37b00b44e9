import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Placer } from "./placer.ts";
import type { Holding, NodeCapacity, Waiting, World } from "./world.ts";

const node: NodeCapacity = { id: "n1", cpus: 4, memoryMb: 8000, gpuIndexes: [0, 1] };

function job(id: string, need: Partial<Waiting> = {}): Waiting {
  return { id, name: id, group: "p", cpus: 1, memoryMb: 1000, gpus: 0, ...need };
}

function held(id: string, need: Partial<Holding> = {}): Holding {
  return { ...job(id), node: "n1", gpuIndexes: [], ...need };
}

function serve(waiting: readonly Waiting[], world: Partial<World> = {}) {
  return new Placer({ nodes: [node], holding: [], ...world }).serve(waiting);
}

function placed(waiting: readonly Waiting[], world: Partial<World> = {}): string[] {
  return serve(waiting, world).placements.map((each) => each.id);
}

describe("who is placed", () => {
  it("those that come first, until the node is full", () => {
    expect(placed(["a", "b", "c", "d", "e"].map((id) => job(id)))).toEqual(["a", "b", "c", "d"]);
  });

  it("shares of a CPU add up to whole ones, however many", () => {
    const waiting = Array.from({ length: 81 }, (_, index) =>
      job(`j${index}`, { cpus: 0.05, memoryMb: 1 }),
    );
    expect(placed(waiting)).toHaveLength(80);
    const holding = waiting.slice(0, 79).map((each) => held(each.id, each));
    expect(placed(waiting.slice(79), { holding })).toEqual(["j79"]);
  });

  it("one that needs no GPU goes past one that waits for a GPU", () => {
    const holding = [held("g", { gpus: 2, gpuIndexes: [0, 1] })];
    expect(placed([job("gpu", { gpus: 1 }), job("cpu")], { holding })).toEqual(["cpu"]);
  });

  it("one that no machine can take holds nobody up", () => {
    expect(placed([job("huge", { cpus: 64 }), job("a"), job("b")])).toEqual(["a", "b"]);
  });

  it("not a small one, when that would starve a large one that comes first", () => {
    const holding = [held("h", { cpus: 2 })];
    expect(placed([job("large", { cpus: 4 }), job("small")], { holding })).toEqual([]);
  });

  it("a small one on the room that the large one does not need", () => {
    const other = { ...node, id: "n2", cpus: 1 };
    const holding = [held("h", { cpus: 2 })];
    const world = { nodes: [node, other], holding };
    expect(serve([job("large", { cpus: 4 }), job("small")], world).placements).toEqual([
      { id: "small", node: "n2", gpuIndexes: [] },
    ]);
  });

  it("only the first that does not fit keeps room", () => {
    const holding = [held("g", { cpus: 1, gpus: 2, gpuIndexes: [0, 1] })];
    const gpu = { gpus: 1, cpus: 1 };
    expect(placed([job("x", gpu), job("y", gpu), job("a"), job("b")], { holding })).toEqual([
      "a",
      "b",
    ]);
  });

  it("on the node that is left with the least room", () => {
    const other = { ...node, id: "n2", cpus: 2, gpuIndexes: [] };
    const plan = serve([job("a"), job("b", { gpus: 1 })], { nodes: [node, other] });
    expect(plan.placements.map((each) => each.node)).toEqual(["n2", "n1"]);
  });

  it("each with GPUs of its own", () => {
    const plan = serve([job("a", { gpus: 1 }), job("b", { gpus: 1 }), job("c", { gpus: 1 })]);
    expect(plan.placements.map((each) => each.gpuIndexes)).toEqual([[0], [1]]);
  });

  it("part by part as if it were all at once", () => {
    const waiting = [job("a", { cpus: 3 }), job("b", { cpus: 3 }), job("c"), job("d")];
    const placer = new Placer({ nodes: [node], holding: [] });
    const parts = waiting.map((each) => placer.serve([each]).placements.length);
    expect(parts).toEqual([1, 0, 0, 0]);
    expect(placed(waiting)).toEqual(["a"]);
  });
});

describe("why the others wait", () => {
  const reasonOf = (waiting: Waiting, world: Partial<World> = {}): string | undefined =>
    serve([waiting], world).reasons.get(waiting.id);

  it("CPUs, with who has them", () => {
    const plan = serve(["a", "b", "c", "d", "e"].map((id) => job(id)));
    expect(plan.reasons.get("e")).toBe("waiting for 1 CPU: 4 of 4 in use by a, b, c, and 1 more");
  });

  it("shares of CPUs in round numbers", () => {
    const holding = Array.from({ length: 3 }, (_, index) => held(`h${index}`, { cpus: 1.1 }));
    expect(reasonOf(job("x", { cpus: 0.8 }), { holding })).toBe(
      "waiting for 0.8 CPUs: 3.3 of 4 in use by h0, h1, and h2",
    );
  });

  it("GPUs, with who has them", () => {
    const holding = [held("train-1", { gpus: 2, gpuIndexes: [0, 1] })];
    expect(reasonOf(job("x", { gpus: 1 }), { holding })).toBe(
      "waiting for 1 GPU: 2 of 2 in use by train-1",
    );
  });

  it("memory", () => {
    const holding = [held("h", { memoryMb: 7500 })];
    expect(reasonOf(job("x"), { holding })).toBe(
      "waiting for 1000 MB of memory: 7500 of 8000 MB in use by h",
    );
  });

  it("without the names of other projects' jobs", () => {
    const holding = [held("secret", { gpus: 2, gpuIndexes: [0, 1], group: "other" })];
    expect(reasonOf(job("x", { gpus: 1 }), { holding })).toBe(
      "waiting for 1 GPU: 2 of 2 in use by 1 job of other projects",
    );
    const waiting = [job("secret", { cpus: 4, group: "other" }), job("small")];
    const plan = serve(waiting, { holding: [held("h", { cpus: 2 })] });
    expect(plan.reasons.get("small")).toBe(
      "waiting its turn: room is kept for a job of another project, which comes first",
    );
  });

  it("its turn, when room is kept for one that comes first", () => {
    const holding = [held("h", { cpus: 2 })];
    const plan = serve([job("large", { cpus: 4 }), job("small")], { holding });
    expect(plan.reasons.get("small")).toBe(
      "waiting its turn: room is kept for large, which comes first",
    );
    expect(plan.reasons.get("large")).toBe("waiting for 4 CPUs: 2 of 4 in use by h");
  });

  it("what no machine has", () => {
    expect(reasonOf(job("huge", { gpus: 8, cpus: 5 }))).toBe(
      "no connected machine has 8 GPUs (the largest machine has 2) and 5 CPUs (the largest machine has 4)",
    );
    const nodes = [node, { ...node, id: "n2", cpus: 16, gpuIndexes: [] }];
    expect(reasonOf(job("both", { gpus: 1, cpus: 16 }), { nodes })).toBe(
      "no connected machine has all of this on one machine",
    );
    expect(reasonOf(job("a"), { nodes: [] })).toBe("waiting for a machine: no worker is connected");
  });

  it("room in one piece", () => {
    const nodes = [node, { ...node, id: "n2" }];
    const holding = [held("a", { cpus: 3 }), held("b", { memoryMb: 7900, cpus: 1, node: "n2" })];
    expect(reasonOf(job("x", { cpus: 2 }), { nodes, holding })).toBe(
      "waiting for room on one machine: in use by a and b",
    );
  });

  it("counts nothing that a silent machine holds", () => {
    const holding = [held("gone", { node: "silent", cpus: 4, gpuIndexes: [0, 1] })];
    expect(placed([job("x", { gpus: 2 })], { holding })).toEqual(["x"]);
  });
});

it("never gives out more than there is, nor a GPU twice, and explains every other", () => {
  const need = fc.record({
    cpus: fc.integer({ min: 1, max: 24 }).map((quarters) => quarters / 4),
    memoryMb: fc.integer({ min: 1, max: 9000 }),
    gpus: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(need, { maxLength: 30 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 10 }),
      (needs, count, part) => {
        const nodes = Array.from({ length: count }, (_, index) => ({ ...node, id: `n${index}` }));
        const waiting = needs.map((each, index) => job(`j${index}`, each));
        const placer = new Placer({ nodes, holding: [] });
        const placements = [];
        let explained = 0;
        for (let from = 0; from < waiting.length; from += part) {
          const plan = placer.serve(waiting.slice(from, from + part));
          placements.push(...plan.placements);
          explained += plan.reasons.size;
        }
        expect(placements.length + explained).toBe(waiting.length);
        for (const { id } of nodes) {
          const here = placements.filter((each) => each.node === id);
          const jobs = here.map((each) => waiting.find((one) => one.id === each.id)!);
          const sum = (of: (each: Waiting) => number) =>
            jobs.reduce((total, each) => total + of(each), 0);
          expect(sum((each) => each.cpus)).toBeLessThanOrEqual(node.cpus);
          expect(sum((each) => each.memoryMb)).toBeLessThanOrEqual(node.memoryMb);
          const gpus = here.flatMap((each) => each.gpuIndexes);
          expect(new Set(gpus).size).toBe(gpus.length);
          expect(gpus.length).toBe(sum((each) => each.gpus));
        }
      },
    ),
  );
});

it("lets whoever is first in an endless queue run in the end", () => {
  const large = job("large", { cpus: 4 });
  let running = [held("s0", { cpus: 1 }), held("s1", { cpus: 1 })];
  for (let round = 0; round < 5; round += 1) {
    const small = Array.from({ length: 5 }, (_, index) => job(`s${round}-${index}`));
    const plan = serve([large, ...small], { holding: running });
    if (plan.placements.some((each) => each.id === "large")) return;
    running = [
      ...running.slice(1),
      ...plan.placements.map((each) => held(each.id, { node: each.node })),
    ];
  }
  expect.unreachable("the large one never came to run");
});
