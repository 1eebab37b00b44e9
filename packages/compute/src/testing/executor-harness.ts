import { vi } from "vitest";
import type { AttemptSpec, AttemptStatus, Executor, OnChange } from "../executor.ts";
import type { Behaviour } from "./behaviour.ts";

export interface OpenedExecutor {
  readonly executor: Executor;
  /** Ends the watch as the death of the worker does; attempts go on. */
  close(): void;
}

/** One executor's place to run the conformance suite in; a fresh one for each test. */
export interface ExecutorHarness {
  /** An executor on the harness's state; opened again after a close, it finds what ran. */
  open(onChange: OnChange): Promise<OpenedExecutor>;
  commandFor(behaviour: Behaviour): string[];
  /** An existing directory, where attempts run. */
  readonly workingDirectory: string;
  /** Ends what runs and deletes what is left. */
  dispose(): Promise<void>;
}

/** An opened harness with short words for what tests do all the time. */
export class ExecutorStage {
  readonly harness: ExecutorHarness;
  readonly changes: string[] = [];
  #opened: OpenedExecutor | undefined;

  constructor(harness: ExecutorHarness) {
    this.harness = harness;
  }

  get executor(): Executor {
    if (!this.#opened) throw new Error("open the stage first");
    return this.#opened.executor;
  }

  async open(): Promise<void> {
    this.#opened = await this.harness.open((attemptId) => this.changes.push(attemptId));
  }

  close(): void {
    this.#opened?.close();
    this.#opened = undefined;
  }

  async reopen(): Promise<void> {
    this.close();
    await this.open();
  }

  spec(attemptId: string, behaviour: Behaviour, more: Partial<AttemptSpec> = {}): AttemptSpec {
    return {
      attemptId,
      argv: this.harness.commandFor(behaviour),
      env: {},
      workingDirectory: this.harness.workingDirectory,
      limits: { graceMs: 2000 },
      gpuIndexes: [],
      ...more,
    };
  }

  async start(attemptId: string, behaviour: Behaviour, more?: Partial<AttemptSpec>): Promise<void> {
    await this.executor.start(this.spec(attemptId, behaviour, more));
  }

  async status(attemptId: string): Promise<AttemptStatus> {
    const [status] = await this.executor.observe([attemptId]);
    if (!status) throw new Error("observe answered nothing");
    return status;
  }

  /** The status once the attempt has ended. */
  ended(attemptId: string, timeout = 15_000): Promise<AttemptStatus> {
    return vi.waitFor(
      async () => {
        const status = await this.status(attemptId);
        if (status.phase !== "exited") throw new Error(`${attemptId} is ${status.phase}`);
        return status;
      },
      { timeout, interval: 20 },
    );
  }

  async log(attemptId: string, file: "stdout" | "stderr" = "stdout"): Promise<string> {
    const bytes = await this.executor.readLog(attemptId, file, { offset: 0, maxBytes: 1_000_000 });
    return bytes.toString("utf8");
  }
}
