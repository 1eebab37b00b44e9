import { isConnectionLoss, sqlStateOf } from "@tessera/db/database-error";
import type { Pool } from "@tessera/db/transaction";

/** Looks things up by key, many callers' keys in one query. */
export type Lookup<Key, Value> = (key: Key) => Promise<Value | undefined>;

/** Answers in the order of the keys; undefined for what is not there. */
export type LoadMany<Key, Value> = (
  keys: readonly Key[],
) => Promise<readonly (Value | undefined)[]>;

interface Waiting<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_KEYS = 200;

/**
 * What many callers ask for while a query is under way goes into the next; a caller alone is
 * answered at once. Nothing is kept: every answer was read after its question.
 */
export function batchedLookup<Key, Value>(load: LoadMany<Key, Value>): Lookup<Key, Value> {
  let waiting: Waiting<Key, Value>[] = [];
  let running = false;

  const answer = async (group: readonly Waiting<Key, Value>[]): Promise<void> => {
    try {
      const values = await load(group.map(({ key }) => key));
      for (const [index, { resolve }] of group.entries()) resolve(values[index]);
    } catch (error) {
      // A key that the database refuses is one caller's alone: the others need not suffer for it.
      const refused = sqlStateOf(error) !== undefined && !isConnectionLoss(error);
      if (refused && group.length > 1) for (const one of group) await answer([one]);
      else for (const { reject } of group) reject(error);
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, MOST_KEYS);
      waiting = waiting.slice(MOST_KEYS);
      await answer(group);
    }
    running = false;
  };

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!running) void run();
    });
}

/** A batched lookup in a database, one for each pool that asks. */
export function lookupIn<Key, Value>(
  load: (pool: Pool, keys: readonly Key[]) => Promise<readonly (Value | undefined)[]>,
): (pool: Pool, key: Key) => Promise<Value | undefined> {
  const lookups = new WeakMap<Pool, Lookup<Key, Value>>();
  return (pool, key) => {
    const known = lookups.get(pool) ?? batchedLookup((keys) => load(pool, keys));
    lookups.set(pool, known);
    return known(key);
  };
}
