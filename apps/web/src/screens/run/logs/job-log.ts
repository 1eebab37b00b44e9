import type { LogStream } from "@tessera/contracts/log";

/** Which log, and which part of it. */
export interface JobLog {
  readonly project: string;
  readonly id: string;
  /** This stream alone; all of them together without. */
  readonly stream?: LogStream | undefined;
}
