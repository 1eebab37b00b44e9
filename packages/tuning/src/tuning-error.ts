/** One thing that is wrong: where (dots between names), and what would be right. */
export interface TuningFault {
  readonly path: string;
  readonly message: string;
}

/** A space, a command or an option that contradicts itself; every fault at once. */
export class TuningError extends Error {
  readonly faults: readonly TuningFault[];

  constructor(faults: readonly TuningFault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join("; "));
    this.name = "TuningError";
    this.faults = faults;
  }
}
