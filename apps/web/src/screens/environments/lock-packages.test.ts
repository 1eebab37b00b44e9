import { expect, it } from "vitest";
import { readLock } from "./lock-packages.ts";

it("reads what a lock pins", () => {
  const lock = `# python 3.11
# made by hand
numpy==2.4.6
uvloop==0.22.1 ; sys_platform != "win32"
mine @ git+https://example.com/mine.git@abc
--hash=sha256:00
bare
`;
  expect(readLock(lock)).toEqual({
    python: "3.11",
    packages: [
      { name: "numpy", version: "2.4.6" },
      { name: "uvloop", version: "0.22.1" },
      { name: "mine", version: "git+https://example.com/mine.git@abc" },
      { name: "bare", version: "" },
    ],
  });
  expect(readLock("")).toEqual({ python: undefined, packages: [] });
});
