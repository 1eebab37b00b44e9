/**
 * What a command does, in this order: prints, uses memory, runs, ends. Each executor's tests turn
 * it into a real command of theirs; the in-memory executor acts it out.
 */
export interface Behaviour {
  readonly stdout?: string;
  readonly stderr?: string;
  /** Prints its environment to stdout, one NAME=value a line. */
  readonly printsEnvironment?: boolean;
  readonly usesBytes?: number;
  readonly runsMs?: number;
  readonly runsUntilStopped?: boolean;
  readonly ignoresTerm?: boolean;
  readonly endsBySignal?: "SIGKILL" | "SIGSEGV";
  readonly exitCode?: number;
}
