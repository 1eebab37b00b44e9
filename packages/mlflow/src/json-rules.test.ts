import { describe, expect, it } from "vitest";
import {
  omitUnset,
  presentDouble,
  readBody,
  readBoolean,
  readDouble,
  readInt64,
  readQuery,
  requireJsonContentType,
} from "./json-rules.ts";

describe("numbers in JSON", () => {
  it("takes whole numbers as numbers and as text", () => {
    expect(readInt64(5)).toBe(5);
    expect(readInt64("1700000000000")).toBe(1_700_000_000_000);
    expect(readInt64("-3")).toBe(-3);
    expect(readInt64(2.0)).toBe(2);
    for (const wrong of [
      1.5,
      "1.5",
      "",
      " 1",
      "0x10",
      "1e3",
      true,
      null,
      [],
      2 ** 53,
      "9".repeat(19),
    ]) {
      expect(readInt64(wrong)).toBeUndefined();
    }
  });

  it("carries NaN and infinities as text, both ways", () => {
    expect(readDouble("NaN")).toBeNaN();
    expect(readDouble("Infinity")).toBe(Infinity);
    expect(readDouble("-Infinity")).toBe(-Infinity);
    expect(readDouble("1e-3")).toBe(0.001);
    expect(readDouble(0.1)).toBe(0.1);
    for (const wrong of ["nan", "inf", "", "x", "1,5", true, {}]) {
      expect(readDouble(wrong)).toBeUndefined();
    }
    for (const value of [Number.NaN, Infinity, -Infinity, 0, -1.5]) {
      expect(readDouble(JSON.parse(JSON.stringify(presentDouble(value))))).toBe(value);
    }
  });
});

describe("a request's fields", () => {
  it("come from a JSON object, from one inside a string, or are none", () => {
    expect(readBody({ a: 1 })).toEqual({ a: 1 });
    expect(readBody('{"a":1}')).toEqual({ a: 1 });
    expect(readBody(undefined)).toEqual({});
    expect(readBody("")).toEqual({});
    expect(() => readBody([1])).toThrow(/must be a JSON object/u);
    expect(() => readBody("{")).toThrow(/not valid JSON/u);
  });

  it("come from a query, lists even when given once", () => {
    const query = {
      order_by: "a",
      run_ids: ["x", "y"],
      filter: ["first", "second"],
      none: undefined,
    };
    expect(readQuery(query, ["order_by", "run_ids"])).toEqual({
      order_by: ["a"],
      run_ids: ["x", "y"],
      filter: "first",
    });
    expect(readBoolean("True")).toBe(true);
    expect(readBoolean("False")).toBe(false);
    expect(readBoolean(1)).toBeUndefined();
    expect(() => readBoolean("yes")).toThrow(
      "Invalid boolean value: yes, must be 'true' or 'false'.",
    );
  });

  it("are announced as JSON", () => {
    expect(() => requireJsonContentType("application/json; charset=utf-8")).not.toThrow();
    expect(() => requireJsonContentType(undefined)).toThrow("Content-Type header is missing");
    expect(() => requireJsonContentType("text/plain")).toThrow(
      "Bad Request. Content-Type must be one of ['application/json'].",
    );
  });
});

describe("a response", () => {
  it("has no unset fields and no empty lists, but zeros and empty texts", () => {
    const fields = { a: null, b: undefined, c: [], d: 0, e: "", f: false, g: [1], h: {} };
    expect(omitUnset(fields)).toEqual({ d: 0, e: "", f: false, g: [1], h: {} });
  });
});
