const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join("\n");
const constants = (count) => lines(count, (i) => `export const value${i} = ${i};`);

/**
 * Files that break exactly the rules named beside them; the ones without rules must be clean.
 * The second element of a file is its text.
 */
export const lintCases = [
  // Size
  ["packages/kit/src/long-file.ts", constants(301), "eslint(max-lines)"],
  ["packages/kit/src/long-enough.ts", constants(300)],
  ["packages/kit/src/long-file.test.ts", constants(301)],
  [
    "packages/kit/src/long-function.ts",
    `export function long(): number {\n  let sum = 0;\n${lines(60, () => "  sum += 1;")}\n  return sum;\n}\n`,
    "eslint(max-lines-per-function)",
  ],
  [
    "packages/kit/src/winding.ts",
    `export function winding(n: number): number {\n${lines(12, (i) => `  if (n === ${i}) return ${i + 1};`)}\n  return n;\n}\n`,
    "eslint(complexity)",
  ],
  [
    "packages/kit/src/many-parameters.ts",
    "export const add = (a: number, b: number, c: number, d: number): number => a + b + c + d;",
    "eslint(max-params)",
  ],
  [
    "apps/web/src/app/long/page.tsx",
    `export default function Page(): number {\n  let sum = 0;\n${lines(38, () => "  sum += 1;")}\n  return sum;\n}\n`,
    "eslint(max-lines)",
  ],

  // Imports and exports
  ["packages/kit/src/default-export.ts", "export default 1;", "import(no-default-export)"],
  ["apps/web/src/app/short/page.tsx", "export default function Page(): null {\n  return null;\n}"],
  [
    "apps/web/src/parts/card.tsx",
    "export default function Card(): null {\n  return null;\n}",
    "import(no-default-export)",
  ],
  ["packages/kit/src/star.ts", 'export * from "./long-enough.ts";', "tessera(no-barrel)"],
  [
    "packages/kit/src/index.ts",
    'export { value1 } from "./long-enough.ts";\nexport const a = 1;',
    "tessera(no-barrel)",
  ],
  [
    "packages/kit/src/passes-on.ts",
    'export { value1 } from "./long-enough.ts";\nexport { add } from "./many-parameters.ts";',
    "tessera(no-barrel)",
  ],
  [
    "packages/kit/src/value-import.ts",
    'import { Stats } from "node:fs";\nexport type Size = Stats["size"];',
    "typescript(consistent-type-imports)",
  ],
  [
    "packages/kit/src/inline-type-import.ts",
    'import { type Stats } from "node:fs";\nexport type Size = Stats["size"];',
    "typescript(no-import-type-side-effects)",
  ],
  [
    "packages/kit/src/cycle-a.ts",
    'import { b } from "./cycle-b.ts";\nexport const a = (): number => b();',
    "import(no-cycle)",
  ],
  [
    "packages/kit/src/cycle-b.ts",
    'import { a } from "./cycle-a.ts";\nexport const b = (): number => a();',
    "import(no-cycle)",
  ],
  [
    "packages/kit/src/type-cycle-a.ts",
    'import type { B } from "./type-cycle-b.ts";\nexport type A = { b?: B };',
    "import(no-cycle)",
  ],
  [
    "packages/kit/src/type-cycle-b.ts",
    'import type { A } from "./type-cycle-a.ts";\nexport type B = { a?: A };',
    "import(no-cycle)",
  ],
  [
    "packages/kit/src/bare-builtin.ts",
    'import { sep } from "path";\nexport const s = sep;',
    "unicorn(prefer-node-protocol)",
  ],
  ["packages/kit/src/old-module.cjs", "module.exports = 1;", "import(no-commonjs)"],

  // Who may import whom
  [
    "apps/server/src/reaches-db.ts",
    'import { connect } from "@tessera/db/client";\nconnect;',
    "tessera(allowed-imports)",
    "eslint(no-unused-expressions)",
  ],
  [
    "apps/worker/src/reaches-db.ts",
    'export const db = import("@tessera/db/client");',
    "tessera(allowed-imports)",
  ],
  [
    "packages/compute/src/reaches-db.ts",
    'import type { Pool } from "@tessera/db/client";\nexport type P = Pool;',
    "tessera(allowed-imports)",
  ],
  [
    "apps/web/src/parts/reaches-usecases.ts",
    'export { createJob } from "@tessera/usecases/jobs/create-job";',
    "tessera(allowed-imports)",
  ],
  [
    "e2e/reaches-server.test.ts",
    'import { start } from "@tessera/server/start";\nvoid start;',
    "tessera(allowed-imports)",
  ],
  [
    "packages/usecases/src/jobs/port-value.ts",
    'import { open } from "@tessera/blobs/fs/open";\nvoid open;',
    "tessera(allowed-imports)",
  ],
  [
    "packages/usecases/src/jobs/port-dynamic.ts",
    'export const port = import("@tessera/compute/local/executor");',
    "tessera(allowed-imports)",
  ],
  [
    "packages/usecases/src/jobs/port-type.ts",
    'import type { Blobs } from "@tessera/blobs/blobs";\nexport type B = Blobs;',
  ],
  [
    "packages/usecases/src/jobs/port-value.test.ts",
    'import { open } from "@tessera/blobs/fs/open";\nvoid open;',
  ],
  [
    "packages/mlflow/src/contract-value.ts",
    'import { job } from "@tessera/contracts/job";\nvoid job;',
    "tessera(allowed-imports)",
  ],

  // Purity
  [
    "packages/mlflow/src/reads-file.ts",
    'import { readFileSync } from "node:fs";\nvoid readFileSync;',
    "tessera(pure)",
  ],
  [
    "packages/mlflow/src/reads-clock.ts",
    "export const now = (): number => Date.now();",
    "tessera(pure)",
  ],
  [
    "packages/tuning/src/makes-date.ts",
    "export const when = (): unknown => new Date();",
    "tessera(pure)",
  ],
  [
    "packages/drift/src/rolls-dice.ts",
    "export const dice = (): number => Math.random();",
    "tessera(pure)",
  ],
  [
    "packages/scheduling/src/hides-dice.ts",
    "const { random } = Math;\nexport const dice = random;",
    "tessera(pure)",
  ],
  [
    "packages/mlflow/src/waits.ts",
    "export const wait = (f: () => void): unknown => setTimeout(f, 1);",
    "tessera(pure)",
  ],
  [
    "packages/mlflow/src/own-names.ts",
    "export const at = (Date: number): number => Math.floor(Date);",
  ],
  ["packages/mlflow/src/reads-clock.test.ts", "export const now = (): number => Date.now();"],

  // Environment
  [
    "packages/kit/src/reads-env.ts",
    'export const home = process.env["HOME"];',
    "tessera(no-process-env)",
  ],
  [
    "packages/kit/src/takes-env.ts",
    "const { env } = process;\nexport const home = env;",
    "tessera(no-process-env)",
  ],
  [
    "packages/kit/src/imports-env.ts",
    'import { env } from "node:process";\nexport const home = env;',
    "tessera(no-process-env)",
  ],
  ["packages/kit/src/env.ts", "export const home = process.env;"],
  ["apps/server/src/env.ts", "export const home = process.env;"],

  // Names
  ["packages/kit/src/utils.ts", "export const a = 1;", "tessera(file-name)"],
  ["packages/kit/src/queue-manager.ts", "export const a = 1;", "tessera(file-name)"],
  ["packages/kit/src/helpers/a.ts", "export const a = 1;", "tessera(file-name)"],
  ["packages/kit/src/camelCase.ts", "export const a = 1;", "tessera(file-name)"],
  ["apps/web/src/app/[project]/(tabs)/[...rest]/not-found.tsx", "export const a = 1;"],

  // Promises and types
  [
    "packages/kit/src/floating.ts",
    "export function f(p: Promise<void>): void {\n  p;\n}",
    "typescript(no-floating-promises)",
    "eslint(no-unused-expressions)",
  ],
  [
    "packages/kit/src/misused.ts",
    "export const f = (p: Promise<boolean>): number => (p ? 1 : 2);",
    "typescript(no-misused-promises)",
  ],
  [
    "packages/kit/src/awaits-value.ts",
    "export const f = async (n: number): Promise<number> => await n;",
    "typescript(await-thenable)",
    "typescript(return-await)",
  ],
  [
    "packages/kit/src/lost-catch.ts",
    'export async function f(p: Promise<void>): Promise<void> {\n  try {\n    return p;\n  } catch (cause) {\n    throw new Error("no", { cause });\n  }\n}',
    "typescript(return-await)",
  ],
  [
    "packages/kit/src/missing-case.ts",
    'export function f(s: "a" | "b"): number {\n  switch (s) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}',
    "typescript(switch-exhaustiveness-check)",
  ],
  [
    "packages/kit/src/any-type.ts",
    "export const f = (a: any): unknown => a;",
    "typescript(no-explicit-any)",
  ],
  [
    "packages/kit/src/asserted.ts",
    "export const f = (a: string | null): string => a!;",
    "typescript(no-non-null-assertion)",
  ],
  [
    "packages/kit/src/throws-text.ts",
    'export function f(): never {\n  throw "text";\n}',
    "typescript(only-throw-error)",
  ],

  // Honesty
  [
    "packages/kit/src/unfinished.ts",
    "// TODO: write\nexport const a = 1;",
    "eslint(no-warning-comments)",
  ],
  [
    "packages/kit/src/swallows.ts",
    "export function f(): void {\n  try {\n    f();\n  } catch {}\n}",
    "eslint(no-empty)",
  ],
  [
    "packages/kit/src/no-reason.ts",
    "// oxlint-disable-next-line typescript/no-explicit-any\nexport const f = (a: any): unknown => a;",
    "tessera(disable-with-reason)",
  ],
  [
    "packages/kit/src/reason.ts",
    "// oxlint-disable-next-line typescript/no-explicit-any -- a canary\nexport const f = (a: any): unknown => a;",
  ],
  [
    "packages/kit/src/mocked.test.ts",
    'import { vi } from "vitest";\nvi.mock("./env.ts");',
    "vitest(no-restricted-vi-methods)",
  ],
  [
    "packages/kit/src/focused.test.ts",
    'import { expect, test } from "vitest";\ntest.only("a", () => {\n  expect(1).toBe(1);\n});',
    "vitest(no-focused-tests)",
  ],
  [
    "packages/kit/src/disabled.test.ts",
    'import { expect, test } from "vitest";\ntest.skip("a", () => {\n  expect(1).toBe(1);\n});',
    "vitest(no-disabled-tests)",
  ],

  // React
  [
    "apps/web/src/parts/hooked.tsx",
    'import { useState } from "react";\nexport function Hooked({ on }: { on: boolean }): unknown {\n  if (on) {\n    const [state] = useState(1);\n    return state;\n  }\n  return null;\n}',
    "react(hooks)",
    "react-hooks(rules-of-hooks)",
  ],
  [
    "apps/web/src/parts/picture.tsx",
    'export const Picture = (): unknown => <img src="/a.png" />;',
    "jsx-a11y(alt-text)",
    "next(no-img-element)",
  ],
];
