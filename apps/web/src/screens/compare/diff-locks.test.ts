import { expect, it } from "vitest";
import { diffLocks } from "./diff-locks.ts";

it("tells added, removed and changed packages, and passes over the rest", () => {
  const before = "# python 3.11\nnumpy==2.0.0\nmlflow-skinny==3.17.0\nsix==1.16.0\n";
  const after =
    "# python 3.11\nNumPy==2.1.0 ; python_version > '3'\nmlflow-skinny==3.17.0\npandas[x]==2.2\n";
  expect(diffLocks(before, after)).toEqual([
    { name: "numpy", before: "2.0.0", after: "2.1.0" },
    { name: "pandas", before: undefined, after: "2.2" },
    { name: "six", before: "1.16.0", after: undefined },
  ]);
});
