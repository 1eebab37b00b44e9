import { type Child, type ChildSpec, startChild } from "./child.ts";

/** A process that fails so often within the window is given up. */
const MOST_RESTARTS = 5;
const WINDOW_MS = 60_000;

interface KeepOptions<Ready> {
  readonly spec: ChildSpec;
  readonly onNotice: (message: string) => void;
  readonly onReady?: (ready: Ready) => void;
  /** The process could not be kept up. */
  readonly onGivenUp: (error: Error) => void;
}

export interface KeptChild {
  pid(): number;
  stop(patienceMs: number): Promise<void>;
}

/** Starts a process and starts it again whenever it ends, until it is stopped. */
export async function keepChild<Ready>(options: KeepOptions<Ready>): Promise<KeptChild> {
  const { spec, onNotice, onReady, onGivenUp } = options;
  let stopping = false;
  let current = await startChild<Ready>(spec);
  onReady?.(current.ready);
  const ends: number[] = [];

  async function startAgain(how: string): Promise<Child<Ready>> {
    const now = Date.now();
    ends.push(now);
    const recent = ends.filter((at) => now - at < WINDOW_MS).length;
    if (recent > MOST_RESTARTS) {
      throw new Error(`The ${spec.name} ended ${recent} times within a minute: ${how}`);
    }
    onNotice(`The ${spec.name} ${how}; starting it again`);
    await new Promise((resolve) => setTimeout(resolve, 250 * (recent - 1)));
    return startChild<Ready>(spec);
  }

  async function watch(): Promise<void> {
    for (;;) {
      const how = await current.exited;
      if (stopping) return;
      current = await startAgain(how);
      if (stopping) return;
    }
  }
  const watching = watch().catch((error: unknown) =>
    onGivenUp(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    pid: () => current.pid,
    stop: async (patienceMs) => {
      stopping = true;
      await current.stop(patienceMs);
      await watching;
      await current.stop(patienceMs);
    },
  };
}
