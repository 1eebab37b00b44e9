import type { Behaviour } from "./behaviour.ts";
import { describeExecutor } from "./executor-conformance.ts";
import { createMemoryExecutor, MemoryMachine } from "./memory-executor.ts";

const gpu = { uuid: "GPU-0", name: "Pretend GPU", memoryBytes: 1024 ** 3 };

describeExecutor("memory", async () => {
  const machine = new MemoryMachine();
  return {
    async open(onChange) {
      const closing = new AbortController();
      const executor = createMemoryExecutor({
        machine,
        onChange,
        behaviourOf: ({ argv }) =>
          argv[0] === "behave" ? (JSON.parse(argv[1] ?? "{}") as Behaviour) : undefined,
        capacity: {
          cpus: 4,
          memoryBytes: 8 * 1024 ** 3,
          gpus: [
            { ...gpu, index: 0 },
            { ...gpu, index: 1, uuid: "GPU-1" },
          ],
        },
        signal: closing.signal,
      });
      return { executor, close: () => closing.abort() };
    },
    commandFor: (behaviour) => ["behave", JSON.stringify(behaviour)],
    workingDirectory: "/",
    async dispose() {},
  };
});
