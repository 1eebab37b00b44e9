import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MlflowError } from "./errors.ts";
import { decodePageToken, encodePageToken } from "./page-token.ts";
import type { KeysetShape, KeysetValue } from "./page-token.ts";

const search = { filter: "metrics.loss < 1", orderBy: ["metrics.loss"] };

const column = fc.oneof(
  fc.string({ unit: "binary" }).map((value) => ({ type: "string", value }) as const),
  fc.double().map((value) => ({ type: "number", value }) as const),
  fc.boolean().map((value) => ({ type: "boolean", value }) as const),
  fc.constant({ type: "number?", value: null } as const),
);

/** Negative zero and lone surrogates do not survive JSON; nothing stored has them. */
function plain(value: KeysetValue): KeysetValue {
  return value === 0 ? 0 : value;
}

describe("a page token", () => {
  it("gives back the position", () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 5 }), (columns) => {
        const position = columns.map(({ value }) => value);
        const shape: KeysetShape = columns.map(({ type }) => type);
        const token = encodePageToken(search, position);
        expect(token).toMatch(/^[\w-]+$/u);
        expect(decodePageToken(token, search, shape)).toEqual(position.map(plain));
      }),
    );
  });

  it("is refused with another search", () => {
    const token = encodePageToken(search, ["a"]);
    const other = { ...search, filter: "metrics.loss < 2" };
    expect(() => decodePageToken(token, other, ["string"])).toThrow(/another filter/u);
    expect(() => decodePageToken(token, search, ["string"])).not.toThrow();
  });

  it("is refused when anything in it was changed", () => {
    const token = encodePageToken(search, [12.5, "run"]);
    for (let index = 0; index < token.length; index++) {
      const character = token[index] === "A" ? "B" : "A";
      const changed = token.slice(0, index) + character + token.slice(index + 1);
      // The last character may have bits that carry nothing.
      if (index === token.length - 1) continue;
      expect(() => decodePageToken(changed, search, ["number", "string"])).toThrow(MlflowError);
    }
    expect(() => decodePageToken(token.slice(0, -4), search, ["number", "string"])).toThrow(
      /changed on its way/u,
    );
  });

  it("is refused when its columns are of other types", () => {
    const token = encodePageToken(search, ["a", null]);
    expect(() => decodePageToken(token, search, ["string", "number?"])).not.toThrow();
    for (const shape of [["string"], ["number", "number?"], ["string", "number"]] as const) {
      expect(() => decodePageToken(token, search, shape)).toThrow(MlflowError);
    }
  });

  it("made of anything else is a bad parameter and no crash", () => {
    const offset = btoa('{"offset": 5}');
    const garbage = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.base64String());
    const refused = (token: string): boolean => {
      try {
        decodePageToken(token, search, []);
        return false;
      } catch (error) {
        return error instanceof MlflowError && error.code === "INVALID_PARAMETER_VALUE";
      }
    };
    expect(refused(offset)).toBe(true);
    expect(refused("")).toBe(true);
    expect(() => fc.assert(fc.property(garbage, refused))).not.toThrow();
  });
});
