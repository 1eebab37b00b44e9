export type LogStreamName = "stdout" | "stderr" | "system";

/** One line. Numbers count from 0 without gaps. */
export interface LogRow {
  number: number;
  text: string;
  stream: LogStreamName;
  /** ISO time of arrival. */
  at: string;
  /** The attempt that wrote it, from 1. */
  attempt: number;
}

/** What a source knows without being asked. */
export interface LogStatus {
  /** Lines so far. */
  total: number;
  /** No more will come. */
  complete: boolean;
  /** Why the log cannot be followed now; the source tries on by itself. */
  error?: unknown;
}

export interface LogHits {
  lines: readonly { number: number }[];
  /** Where to go on searching; absent at the end. */
  next?: number | undefined;
}

/**
 * Where lines come from. The view asks for what is on the screen only, so a log of a gigabyte
 * costs no more than a short one.
 */
export interface LogSource {
  /** Lines from a number on, at most `limit`; fewer at the end. */
  read(from: number, limit: number, signal: AbortSignal): Promise<readonly LogRow[]>;
  /** Lines from a number on that contain a text, without regard to case. */
  search(text: string, from: number, signal: AbortSignal): Promise<LogHits>;
  /**
   * Tells the status now, and whenever it changes; new lines may come along, so that they need not
   * be asked for. Returns how to stop.
   */
  subscribe(listener: (status: LogStatus, fresh: readonly LogRow[]) => void): () => void;
}
