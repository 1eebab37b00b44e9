import { expect, it } from "vitest";
import { parseAsRange } from "./chart-view.ts";

it("keeps a zoom in the address, and takes no nonsense", () => {
  expect(parseAsRange.serialize([10.123456789, 50])).toBe("10.1235~50");
  expect(parseAsRange.serialize([1795506704500.4, 1795506709999.6])).toBe(
    "1795506704500~1795506710000",
  );
  expect(parseAsRange.parse("-3~50.5")).toEqual([-3, 50.5]);
  expect(["", "5", "9~3", "a~b", "1~Infinity"].map(parseAsRange.parse)).toEqual(
    Array.from({ length: 5 }, () => null),
  );
});
