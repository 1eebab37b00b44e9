import { expect, it } from "vitest";
import { packageChanges, readLock } from "./package-changes.ts";

it("reads locks as pip and uv write them", () => {
  const lock = `# python 3.11
numpy==2.4.6 \\
    --hash=sha256:abc
Flask_Login[extra]==0.6.3 ; python_version < "3.12"  # via app
local @ file:///tmp/local-1.0.whl
-e .
--index-url https://example.org
`;
  expect([...readLock(lock)]).toEqual([
    ["numpy", "2.4.6"],
    ["flask-login", "0.6.3"],
    ["local", "file:///tmp/local-1.0.whl"],
  ]);
});

it("tells added, removed and changed packages, names compared as pip does", () => {
  expect(packageChanges("a==1\nb==1\nC_d==1\n", "a==1\nb==2\nc-d==1\ne==1")).toEqual({
    changes: [
      { name: "b", before: "1", after: "2" },
      { name: "e", before: null, after: "1" },
    ],
    same: 2,
  });
  expect(packageChanges("x==1", "").changes).toEqual([{ name: "x", before: "1", after: null }]);
});
