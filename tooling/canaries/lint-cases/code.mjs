import { lines } from "./repeat.mjs";

/** Promises, types, honesty, React, mistakes and exceptions. See ../lint.mjs for the form of a case. */
export const codeCases = [
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

  // Plain mistakes
  [
    "packages/kit/src/loose.ts",
    "export const f = (a: unknown): boolean => a == 1;",
    "eslint(eqeqeq)",
  ],
  ["packages/kit/src/nullish.ts", "export const f = (a: unknown): boolean => a == null;"],
  [
    "packages/kit/src/itself.ts",
    "export const f = (a: number): boolean => a === a;",
    "eslint(no-self-compare)",
  ],
  [
    "packages/kit/src/hoisted.ts",
    "export function f(): number {\n  var a = 1;\n  return a;\n}",
    "eslint(no-var)",
  ],
  [
    "packages/kit/src/lost-cause.ts",
    "export function f(): void {\n  try {\n    f();\n  } catch (error) {\n    throw new Error(String(error));\n  }\n}",
    "eslint(preserve-caught-error)",
  ],
  [
    "packages/kit/src/own-import.ts",
    'import { a } from "./own-import.ts";\nexport const b = a;\nexport const a = 1;',
    "import(no-self-import)",
  ],
  [
    "packages/kit/src/ignores.ts",
    "// @ts-ignore\nexport const a: number = 1;",
    "typescript(ban-ts-comment)",
  ],
  [
    "packages/kit/src/rejects-text.ts",
    'export const f = (): Promise<void> => Promise.reject("no");',
    "typescript(prefer-promise-reject-errors)",
  ],
  [
    "packages/kit/src/all-off.ts",
    "// oxlint-disable -- everything\nexport const f = 1;",
    "unicorn(no-abusive-eslint-disable)",
    "unused-directive",
  ],

  // What exceptions let through
  ["packages/kit/tool.config.ts", "export default process.env;"],
  [
    "apps/web/src/parts/handler.tsx",
    "export function F({ go }: { go(): void }): unknown {\n  const own = { go };\n  const { go: start } = own;\n  return start;\n}",
  ],
  [
    "packages/kit/src/exempt.test.ts",
    `export function f(a: string | null): unknown {\n${lines(60, () => "  void a;")}\n  return [a!, process.env, new Map().get];\n}`,
  ],

  // Tests that test
  [
    "packages/kit/src/expects-nothing.test.ts",
    'import { test } from "vitest";\ntest("a", () => {\n  const a = 1;\n  void a;\n});',
    "vitest(expect-expect)",
  ],
  [
    "packages/kit/src/expects.test.ts",
    'import { describe, expect, test } from "vitest";\nconst suite = (): void => {\n  test("a", () => {\n    const n = Math.sqrt(4);\n    if (n > 1) {\n      expect(n, "root").toBe(2);\n    }\n  });\n};\ndescribe("b", () => suite());',
  ],
  [
    "packages/kit/src/half-expects.test.ts",
    'import { expect, test } from "vitest";\ntest("a", () => {\n  expect(1, "a", "b").toBe(1);\n});',
    "vitest(valid-expect)",
  ],

  // Types
  ["packages/kit/src/wrong-type.ts", 'export const a: number = "x";', "typescript(TS2322)"],
  ["packages/kit/src/enumerates.ts", "export enum A {\n  B,\n}", "typescript(TS1294)"],
  [
    "packages/kit/src/unchecked-index.ts",
    "export const f = (a: number[]): number => a[0];",
    "typescript(TS2322)",
  ],
  [
    "packages/kit/src/undefined-property.ts",
    "export const a: { b?: number } = { b: undefined };",
    "typescript(TS2375)",
  ],
  [
    "packages/kit/outside.ts",
    'import { missing } from "./nowhere.ts";\nexport const a = missing;',
    "typescript(TS2307)",
  ],
];
