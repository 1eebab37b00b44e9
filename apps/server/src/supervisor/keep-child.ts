import { setTimeout as sleep } from "node:timers/promises";
import { holdPart, partHolder } from "@tessera/usecases/platform/hold-home";
import { type Child, type ChildSpec, startChild } from "./child.ts";
import { Restarts } from "./restarts.ts";

/** How long a process that an earlier platform left may take to end. */
const LEFTOVER_PATIENCE_MS = 40_000;
const KILLED_PATIENCE_MS = 5_000;
const POLL_MS = 100;
/** How long one may take to end that was started while everything stops. */
const LATE_PATIENCE_MS = 10_000;

interface KeepOptions<Ready> {
  readonly home: string;
  readonly spec: ChildSpec;
  /** Ends the first start. */
  readonly signal: AbortSignal;
  /** Resolves when a start may succeed: what it needs is there. */
  readonly needs: () => Promise<void>;
  readonly onNotice: (message: string) => void;
  readonly onReady?: (ready: Ready) => void;
  /** The process could not be kept up. */
  readonly onGivenUp: (error: Error) => void;
}

export interface KeptChild {
  pid(): number;
  stop(patienceMs: number): Promise<void>;
}

/** A platform that was killed leaves processes that end by themselves, but not at once. */
async function awaitLeftover<Ready>({ home, spec, onNotice }: KeepOptions<Ready>): Promise<void> {
  const left = partHolder(home, spec.name);
  if (left === undefined) return;
  onNotice(`Waiting for the ${spec.name} that an earlier start left (process ${left})`);
  if (await endsWithin(LEFTOVER_PATIENCE_MS)) return;
  sendSignal(left, "SIGKILL");
  await endsWithin(KILLED_PATIENCE_MS);

  async function endsWithin(ms: number): Promise<boolean> {
    for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(POLL_MS)) {
      if (partHolder(home, spec.name) === undefined) return true;
    }
    return false;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Starts a process and starts it again whenever it ends, until it is stopped. */
export async function keepChild<Ready>(options: KeepOptions<Ready>): Promise<KeptChild> {
  const { home, spec, needs, onNotice, onReady, onGivenUp } = options;
  const stopping = new AbortController();
  const restarts = new Restarts();
  let release: () => void = () => undefined;

  async function start(signal: AbortSignal): Promise<Child<Ready>> {
    await awaitLeftover(options);
    const onSpawn = (pid: number): void => {
      release = holdPart(home, spec.name, pid);
    };
    try {
      const child = await startChild<Ready>(spec, { signal, onSpawn });
      onReady?.(child.ready);
      return child;
    } catch (error) {
      release();
      throw error;
    }
  }

  async function startAgain(how: string): Promise<Child<Ready> | undefined> {
    for (let fault = `it ${how}`; !stopping.signal.aborted;) {
      await restarts.pause(stopping.signal);
      onNotice(`The ${spec.name} is started again: ${fault}`);
      await needs();
      if (stopping.signal.aborted) return undefined;
      try {
        return await start(stopping.signal);
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
    }
    return undefined;
  }

  let current: Child<Ready> | undefined = await start(options.signal);

  async function watch(): Promise<void> {
    while (current !== undefined) {
      const how = await current.exited;
      release();
      current = stopping.signal.aborted ? undefined : await startAgain(how);
      if (stopping.signal.aborted) await current?.stop(LATE_PATIENCE_MS);
    }
  }
  const watching = watch().catch((error: unknown) => {
    current = undefined;
    onGivenUp(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    pid: () => current?.pid ?? 0,
    stop: async (patienceMs) => {
      stopping.abort();
      await current?.stop(patienceMs);
      await watching;
    },
  };
}
