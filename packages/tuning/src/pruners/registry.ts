import type { Direction, Method } from "@tessera/contracts/search-space";
import { type OptionRules, readOptions } from "../study/options.ts";
import type { PastTrial } from "../study/study.ts";
import { TuningError } from "../tuning-error.ts";
import { ashaPruner } from "./asha-pruner.ts";
import { medianPruner } from "./median-pruner.ts";
import type { PrunerKind, Sighting } from "./pruner.ts";

/** Why a trial should end, and at which of its steps that showed. */
export interface Pruning {
  readonly step: number;
  readonly reason: string;
}

interface Look {
  readonly direction: Direction;
  readonly trials: readonly PastTrial[];
  readonly number: number;
  /** The last step that was judged before; null for none. */
  readonly judgedStep: number | null;
}

/** A pruner with its options. */
export interface Pruner {
  readonly name: string;
  /** Judges, one after another, the reports that came after `judgedStep`; null lets it go on. */
  judge(look: Look): Pruning | null;
}

type Judge = (sighting: Sighting) => string | null;

function judgeNew(judge: Judge, { direction, trials, number, judgedStep }: Look): Pruning | null {
  const trial = trials.find((each) => each.number === number);
  if (!trial) return null;
  const others = trials.filter((each) => each !== trial);
  for (const [at, { step }] of trial.reports.entries()) {
    if (judgedStep !== null && step <= judgedStep) continue;
    const reports = trial.reports.slice(0, at + 1);
    const reason = judge({ direction, number, reports, others });
    if (reason !== null) return { step, reason };
  }
  return null;
}

function bind<Rules extends OptionRules>(kind: PrunerKind<Rules>) {
  return (method: Method): Pruner => {
    const options = readOptions(kind.options, method);
    const judge: Judge = (sighting) => kind.judge(sighting, options);
    return { name: kind.name, judge: (look) => judgeNew(judge, look) };
  };
}

const pruners: Readonly<Record<string, (method: Method) => Pruner>> = {
  [medianPruner.name]: bind(medianPruner),
  [ashaPruner.name]: bind(ashaPruner),
};

export const prunerNames: readonly string[] = Object.keys(pruners);

/** @throws TuningError for a name or an option that there is not */
export function createPruner(method: Method): Pruner {
  const create = Object.hasOwn(pruners, method.name) ? pruners[method.name] : undefined;
  if (create) return create(method);
  const message = `is "${method.name}"; there are: ${prunerNames.join(", ")}`;
  throw new TuningError([{ path: "name", message }]);
}
