import { constants, lines } from "./repeat.mjs";

/** Size, imports, purity, environment and names. See ../lint.mjs for the form of a case. */
export const shapeCases = [
  // Size
  ["packages/kit/src/long-file.ts", constants(301), "eslint(max-lines)"],
  ["packages/kit/src/long-enough.ts", constants(300)],
  ["packages/kit/src/long-file.test.ts", constants(301)],
  ["packages/kit/src/testing/long-suite.ts", constants(301)],
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
    "packages/usecases/src/testing/port-value.ts",
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
];
