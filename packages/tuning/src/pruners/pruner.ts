import type { Direction } from "@tessera/contracts/search-space";
import type { OptionRules, OptionsOf } from "../study/options.ts";
import type { PastTrial, Report } from "../study/study.ts";

/** A trial's newest report, and what it is to be compared with. */
export interface Sighting {
  readonly direction: Direction;
  /** Number of the trial that reported. */
  readonly number: number;
  /** What it has reported, by step; the last one is judged. Never empty. */
  readonly reports: readonly Report[];
  readonly others: readonly PastTrial[];
}

/** A way to end trials early. To add one: a file like its neighbours, and its line in the registry. */
export interface PrunerKind<Rules extends OptionRules = OptionRules> {
  readonly name: string;
  readonly options: Rules;
  /** Why the trial should end here, in words; null to let it go on. From the arguments alone. */
  judge(sighting: Sighting, options: OptionsOf<Rules>): string | null;
}

/** Checks nothing at run time; ties a pruner's options to its rules. */
export function definePruner<const Rules extends OptionRules>(
  kind: PrunerKind<Rules>,
): PrunerKind<Rules> {
  return kind;
}
