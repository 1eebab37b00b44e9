import { createLogger } from "@tessera/kit/logger";
import type { AttemptSpec } from "../executor.ts";
import { createLocalExecutor } from "./local-executor.ts";

/** A worker to be killed: starts the attempts of its second argument all at once, then stays. */
async function main([root = "", specs = "[]"]: string[]): Promise<void> {
  const executor = await createLocalExecutor({
    root,
    env: {},
    onChange: () => undefined,
    log: createLogger("crash-test-worker", "error"),
  });
  const start = async (spec: AttemptSpec) => {
    await executor.start(spec);
    process.stdout.write(`${spec.attemptId}\n`);
  };
  await Promise.all((JSON.parse(specs) as AttemptSpec[]).map(start));
  process.stdout.write("all started\n");
  setInterval(() => undefined, 1000);
}

void main(process.argv.slice(2));
