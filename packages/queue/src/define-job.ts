import type { z } from "zod";

/** How long to wait before a failed attempt is repeated; exponential doubles it each time. */
export interface Backoff {
  readonly type: "fixed" | "exponential";
  readonly delayMs: number;
}

/** One kind of background work. Jobs of the same queue share its slots. */
export interface JobDefinition<
  Name extends string = string,
  Payload extends z.ZodType = z.ZodType,
> {
  readonly name: Name;
  /** The queue that carries it; its concurrency is the largest among its jobs. */
  readonly queue: string;
  /** Ids only, never documents: a payload is a reference to a row. */
  readonly payload: Payload;
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** After this long the handler's signal aborts and the attempt fails. */
  readonly timeoutMs: number;
  /** How many a single process runs at once. */
  readonly concurrency: number;
  /** At most one waits at a time; an add while one runs makes one more run after it. */
  readonly deduplicated?: boolean;
}

export type Catalogue = Readonly<Record<string, JobDefinition>>;
export type JobName<Jobs extends Catalogue> = Extract<keyof Jobs, string>;
/** What `add` takes for a job. */
export type PayloadInput<Jobs extends Catalogue, Name extends JobName<Jobs>> = z.input<
  Jobs[Name]["payload"]
>;
/** What a job's handler gets. */
export type Payload<Jobs extends Catalogue, Name extends JobName<Jobs>> = z.output<
  Jobs[Name]["payload"]
>;

type CatalogueOf<Definitions extends readonly JobDefinition[]> = {
  readonly [Definition in Definitions[number] as Definition["name"]]: Definition;
};

/** Types one entry of a catalogue; checks what types cannot. */
export function defineJob<const Name extends string, Schema extends z.ZodType>(
  definition: JobDefinition<Name, Schema>,
): JobDefinition<Name, Schema> {
  for (const word of [definition.name, definition.queue]) {
    if (!/^[a-z][a-z0-9.-]{0,62}$/.test(word)) {
      throw new Error(`"${word}" must be lower-case letters, digits, dots and dashes`);
    }
  }
  for (const field of ["attempts", "timeoutMs", "concurrency"] as const) {
    if (!Number.isSafeInteger(definition[field]) || definition[field] < 1) {
      throw new Error(`${definition.name}: ${field} must be a whole number from 1`);
    }
  }
  return definition;
}

/** Collects job definitions by name. */
export function defineCatalogue<const Definitions extends readonly JobDefinition[]>(
  ...definitions: Definitions
): CatalogueOf<Definitions> {
  const byName: Record<string, JobDefinition> = {};
  for (const definition of definitions) {
    if (byName[definition.name]) throw new Error(`${definition.name} is defined twice`);
    byName[definition.name] = definition;
  }
  return byName as CatalogueOf<Definitions>;
}

/** The queues of a catalogue, each with the definitions it carries. */
export function queuesOf(catalogue: Catalogue): Map<string, JobDefinition[]> {
  const queues = new Map<string, JobDefinition[]>();
  for (const definition of Object.values(catalogue)) {
    queues.set(definition.queue, [...(queues.get(definition.queue) ?? []), definition]);
  }
  return queues;
}
