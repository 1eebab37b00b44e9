import type { Logger } from "./logger.ts";

interface Service {
  /** What the process that started us is told; also printed as a line of JSON. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Lets what runs end, then closes everything. */
  stop(): Promise<void>;
}

interface ServiceOptions {
  readonly log: Logger;
  /** How long stopping may take before the process just ends. */
  readonly patienceMs: number;
  readonly start: () => Promise<Service>;
}

/**
 * Runs a long-lived process: starts it, says that it is ready, stops it in order on SIGTERM or
 * SIGINT, or when the process that started it is gone, also when that happens during the start.
 */
export async function runService({ log, patienceMs, start }: ServiceOptions): Promise<void> {
  surviveLostOutput();
  const asked = stopRequest();
  const starting = start();
  const early = await Promise.race([starting.then(() => null), asked]).catch((error: unknown) => {
    log.fatal({ err: error }, "The start failed");
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
  if (early !== null) setTimeout(() => process.exit(1), patienceMs).unref();
  const service = await starting;
  if (early === null) {
    const ready = { type: "ready", ...service.ready };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    process.send?.(ready);
  }
  const reason = await asked;
  log.info({ reason }, "Stopping");
  setTimeout(() => process.exit(1), patienceMs).unref();
  try {
    await service.stop();
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, "Did not stop in order");
    process.exit(1);
  }
}

/** A full disk, or a reader that is gone, costs what would have been said, and nothing more. */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => resolve(signal));
    }
    if (!process.send) return;
    process.on("disconnect", () => resolve("the supervisor is gone"));
    if (!process.connected) resolve("the supervisor is gone");
  });
}
