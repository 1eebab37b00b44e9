/** Where a test's jobs are kept. */
export interface Place {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
}

/** A real store of jobs that a test may stop and start again. */
export interface Store {
  /** An empty place that no other test uses. */
  fresh(): Promise<Place>;
  /** How many connections are open to it, the asker's not counted. */
  connections(place: Place): Promise<number>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}
