import { expect, it } from "vitest";
import { resolveBeside } from "./resolve-beside.ts";

it("resolves paths beside a file, and none that lead out", () => {
  expect(resolveBeside("a/b/report.md", "plot%201.png")).toBe("a/b/plot 1.png");
  expect(resolveBeside("a/b/report.md", "../c/./x.png?raw#1")).toBe("a/c/x.png");
  expect(resolveBeside("report.md", "/x.png")).toBe("x.png");
  expect(resolveBeside("report.md", "../x.png")).toBeUndefined();
  expect(resolveBeside("a/report.md", "..")).toBeUndefined();
  expect(resolveBeside("report.md", "100%.png")).toBe("100%.png");
});
