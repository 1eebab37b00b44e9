import { startDatabase } from "@tessera/usecases/platform/start-database";

interface KeepOptions {
  readonly home: string;
  readonly onNotice: (message: string) => void;
  readonly onGivenUp: (error: Error) => void;
}

export interface KeptDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Embedded PostgreSQL, started again on the same port when it ends. */
export async function keepDatabase(options: KeepOptions): Promise<KeptDatabase> {
  const { home, onNotice, onGivenUp } = options;
  let stopping = false;
  let current = await startDatabase(home, onNotice);
  const { url } = current;

  async function watch(): Promise<void> {
    for (;;) {
      const { code, signal } = await current.exited;
      if (stopping) return;
      onNotice(`PostgreSQL ended (${signal ?? `code ${code}`}); starting it again`);
      current = await startDatabase(home, onNotice);
      if (current.url !== url) throw new Error("PostgreSQL came back at another address");
    }
  }
  const watching = watch().catch((error: unknown) =>
    onGivenUp(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    url,
    stop: async () => {
      stopping = true;
      await current.stop();
      await watching;
    },
  };
}
