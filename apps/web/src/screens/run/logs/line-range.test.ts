import { expect, it } from "vitest";
import { parseAsLines } from "./line-range.ts";

it("counts lines from 1 in addresses, and takes no nonsense", () => {
  expect(parseAsLines.parse("12")).toEqual([11, 11]);
  expect(parseAsLines.parse("12-20")).toEqual([11, 19]);
  expect(["0", "20-12", "a", "-3", "1-", ""].map(parseAsLines.parse)).toEqual(
    Array.from({ length: 6 }, () => null),
  );
  expect(parseAsLines.serialize([11, 11])).toBe("12");
  expect(parseAsLines.serialize([11, 19])).toBe("12-20");
});
