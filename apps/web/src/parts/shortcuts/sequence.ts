import { isBareModifier, matchesCombination } from "./key-match.ts";
import type { KeyPress } from "./key-match.ts";

/** How long the next key of a sequence such as "g r" may take. */
export const sequencePatienceMs = 1200;

interface Candidate {
  keys: string;
}

/** Follows presses and tells which shortcut they complete. Holds the presses of a begun sequence. */
export class SequenceReader {
  #pressed: KeyPress[] = [];
  #last = 0;

  /** The completed shortcut; "begun" when one is under way; undefined when none fits. */
  read<Shortcut extends Candidate>(
    press: KeyPress & { timeStamp: number },
    shortcuts: readonly Shortcut[],
    mac: boolean,
  ): Shortcut | "begun" | undefined {
    if (isBareModifier(press)) return undefined;
    if (press.timeStamp - this.#last > sequencePatienceMs) this.#pressed = [];
    this.#last = press.timeStamp;
    for (const presses of [[...this.#pressed, press], [press]]) {
      const fit = shortcuts.find((shortcut) => completes(shortcut.keys, presses, mac));
      if (fit) {
        this.#pressed = [];
        return fit;
      }
      if (shortcuts.some((shortcut) => begins(shortcut.keys, presses, mac))) {
        this.#pressed = presses;
        return "begun";
      }
    }
    this.#pressed = [];
    return undefined;
  }
}

function completes(keys: string, presses: readonly KeyPress[], mac: boolean): boolean {
  const combinations = keys.split(" ");
  return combinations.length === presses.length && follows(combinations, presses, mac);
}

function begins(keys: string, presses: readonly KeyPress[], mac: boolean): boolean {
  const combinations = keys.split(" ");
  return combinations.length > presses.length && follows(combinations, presses, mac);
}

function follows(
  combinations: readonly string[],
  presses: readonly KeyPress[],
  mac: boolean,
): boolean {
  return presses.every((press, at) => matchesCombination(press, combinations[at] ?? "", mac));
}
