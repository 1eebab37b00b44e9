import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The example that the quickstart runs, in the repository that this command is part of. */
export const DIGITS_FOLDER = fileURLToPath(new URL("../../../examples/digits", import.meta.url));
export const DIGITS_PROJECT = "digits";
export const DIGITS_ENVIRONMENT = "digits";
export const DIGITS_EXPERIMENT = "quickstart";

interface Trial {
  readonly name: string;
  readonly args: readonly string[];
}

/** Six settings of the training, from timid to bold. */
export const trials: readonly Trial[] = [
  { name: "eta-0.001", args: ["--eta", "0.001"] },
  { name: "eta-0.01", args: ["--eta", "0.01"] },
  { name: "eta-0.1", args: ["--eta", "0.1"] },
  { name: "l1", args: ["--eta", "0.01", "--penalty", "l1", "--alpha", "0.001"] },
  { name: "elastic", args: ["--eta", "0.01", "--penalty", "elasticnet", "--alpha", "0.001"] },
  { name: "heavy-l2", args: ["--eta", "0.003", "--alpha", "0.03"] },
];

export function readRequirements(): Promise<string> {
  return readFile(join(DIGITS_FOLDER, "requirements.txt"), "utf8");
}
