import { completeFilter } from "@tessera/mlflow/completion";
import type { CompletionKind, KnownKeys } from "@tessera/mlflow/completion";
import { MlflowError } from "@tessera/mlflow/errors";
import { parseFilter } from "@tessera/mlflow/filter-grammar";

export type { KnownKeys };

/** What is wrong with a filter, under the characters from `from` to before `to`. */
export interface RunFilterFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** The first fault of a filter of runs; none for an empty one. */
export function checkRunFilter(text: string): readonly RunFilterFault[] {
  try {
    parseFilter("runs", text);
    return [];
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    const { from, to } = error.span ?? { from: 0, to: text.length };
    return [{ from, to, message: inPlainWords(error.message) }];
  }
}

/** MLflow repeats the whole rest of the filter there, and does not say what it wants. */
function inPlainWords(message: string): string {
  if (!message.startsWith("Invalid clause(s)")) return message;
  return "is no comparison: write metrics.loss < 0.1, params.opt = 'adam' or tags.team = 'x', with AND between them";
}

export type RunFilterWord = "metric" | "param" | "tag" | CompletionKind;

export interface RunFilterOption {
  readonly kind: RunFilterWord;
  readonly label: string;
  readonly insert: string;
}

export interface RunFilterOptions {
  /** The options replace the text from here … */
  readonly from: number;
  /** … to before here. */
  readonly to: number;
  readonly options: readonly RunFilterOption[];
}

/** What may stand at a place of a filter of runs, the best first. */
export function completeRunFilter(
  text: string,
  cursor: number,
  known: KnownKeys,
): RunFilterOptions {
  const { from, to, options } = completeFilter({ kind: "runs", text, cursor, known });
  const entity = entityBefore(text.slice(0, from));
  return {
    from,
    to,
    options: options.map((option) => ({
      ...option,
      kind: option.kind === "key" && entity !== undefined ? entity : option.kind,
    })),
  };
}

function entityBefore(text: string): "metric" | "param" | "tag" | undefined {
  const word = /(metric|param|tag)\w*`?\.$/u.exec(text)?.[1];
  return word === "metric" || word === "param" || word === "tag" ? word : undefined;
}
