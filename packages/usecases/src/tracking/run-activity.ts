import type { Logger } from "@tessera/kit/logger";
import type { Pool } from "@tessera/db/transaction";
import { EVENT_CHANNEL } from "../events/publish-event.ts";

/** How often, at most, one run is said to have changed because of points and files. */
const EVERY_MS = 5000;

interface ActiveRun {
  readonly id: string;
  readonly projectId: string;
}

/** Tells those who watch of runs that log points and files, of which there may be thousands a second. */
export interface RunActivity {
  /** At once the first time; while it goes on, now and then, and once more after the last. */
  note(run: ActiveRun): void;
  stop(): Promise<void>;
}

interface Options {
  readonly pool: Pool;
  readonly log: Logger;
  /** 5 s unless told. */
  readonly everyMs?: number;
}

interface Noted {
  again: boolean;
  readonly timer: NodeJS.Timeout;
}

export function createRunActivity({ pool, log, everyMs = EVERY_MS }: Options): RunActivity {
  const noted = new Map<string, Noted>();
  const underWay = new Set<Promise<void>>();

  const say = (run: ActiveRun): void => {
    const saying = insertEvent(pool, run)
      .catch((error: unknown) => log.warn({ err: error }, "A run's change was not told"))
      .finally(() => underWay.delete(saying));
    underWay.add(saying);
    const timer = setTimeout(() => {
      const { again } = noted.get(run.id) ?? { again: false };
      noted.delete(run.id);
      if (again) say(run);
    }, everyMs).unref();
    noted.set(run.id, { again: false, timer });
  };

  return {
    note: (run) => {
      const before = noted.get(run.id);
      if (before === undefined) say(run);
      else before.again = true;
    },
    stop: async () => {
      for (const { timer } of noted.values()) clearTimeout(timer);
      noted.clear();
      await Promise.all(underWay);
    },
  };
}

async function insertEvent(pool: Pool, run: ActiveRun): Promise<void> {
  await pool.query({
    name: "note-run-activity",
    text: `WITH said AS (
             INSERT INTO event (project_id, type, subject) VALUES ($1, 'run.changed', $2))
           SELECT pg_notify('${EVENT_CHANNEL}', '')`,
    values: [run.projectId, run.id],
  });
}
