import { startDatabase } from "@tessera/usecases/platform/start-database";
import { Restarts } from "./restarts.ts";

interface KeepOptions {
  readonly home: string;
  readonly onNotice: (message: string) => void;
  readonly onGivenUp: (error: Error) => void;
}

export interface KeptDatabase {
  readonly url: string;
  /** Resolves when it is up, or given up. */
  whenUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Embedded PostgreSQL, started again on the same port when it ends. */
export async function keepDatabase(options: KeepOptions): Promise<KeptDatabase> {
  const { home, onNotice, onGivenUp } = options;
  const stopping = new AbortController();
  const restarts = new Restarts();
  let current = await startDatabase(home, onNotice);
  let up: Promise<void> = Promise.resolve();
  const { url } = current;

  async function startAgain(how: string): Promise<void> {
    for (let fault = how; !stopping.signal.aborted;) {
      await restarts.pause(stopping.signal);
      onNotice(`PostgreSQL is started again: ${fault}`);
      try {
        current = await startDatabase(home, onNotice);
        if (current.url === url) return;
        fault = "another program took its port";
        await current.stop();
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
    }
  }

  async function watch(): Promise<void> {
    for (;;) {
      const { code, signal } = await current.exited;
      if (stopping.signal.aborted) return;
      up = startAgain(`it ended (${signal ?? `code ${code}`})`);
      await up;
    }
  }
  const watching = watch().catch((error: unknown) =>
    onGivenUp(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    url,
    whenUp: () => up.catch(() => undefined),
    stop: async () => {
      stopping.abort();
      // A start that is under way is let end: half a server cannot be stopped.
      await up.catch(() => undefined);
      await current.stop();
      await watching;
    },
  };
}
