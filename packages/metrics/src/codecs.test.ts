import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBatch, encodeBatch } from "./batch-codec.ts";
import { mergeDistinct, sortDistinct, type PointColumns } from "./columns.ts";
import { compareText } from "./point.ts";
import { decodeColumns, encodeColumns } from "./segment-codec.ts";

const plain = (value: number) => (Object.is(value, -0) ? 0 : value);
const anyInteger = fc
  .oneof(fc.integer({ min: 0, max: 300 }), fc.maxSafeInteger(), fc.constantFrom(-(2 ** 53) + 1))
  .map(plain);
const anyValue = fc.oneof(fc.double(), fc.float(), fc.constantFrom(Number.NaN, 1, 0.5)).map(plain);

const anyColumns = fc
  .array(fc.tuple(anyInteger, anyInteger, anyValue), { minLength: 1, maxLength: 80 })
  .map((points): PointColumns => ({
    timestamps: Float64Array.from(points, ([timestamp]) => timestamp),
    steps: Float64Array.from(points, ([, step]) => step),
    values: Float64Array.from(points, ([, , value]) => value),
  }));

/** Metrics of the same training steps, as a loop logs them, among others. */
const anyBatch = fc
  .array(fc.tuple(fc.string({ unit: "grapheme", minLength: 1 }), anyColumns, fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((series) =>
    series.map(([key, columns, asBefore], index): [string, PointColumns] => {
      const before = series[index - 1]?.[1];
      if (!asBefore || before === undefined) return [key, columns];
      return [key, { ...before, values: before.values.map((value) => value * 2) }];
    }),
  );

test("a batch decodes to what was encoded", () => {
  fc.assert(
    fc.property(anyBatch, (batch) => {
      expect(decodeBatch(encodeBatch(batch))).toEqual(batch);
    }),
  );
});

test("one series of a batch decodes without the others", () => {
  fc.assert(
    fc.property(anyBatch, fc.nat(), (batch, pick) => {
      const [key] = batch[pick % batch.length] as [string, PointColumns];
      const wanted = batch.filter(([other]) => other === key);
      expect(decodeBatch(encodeBatch(batch), new Set([key]))).toEqual(wanted);
    }),
  );
});

test("segments decode to what was encoded", () => {
  fc.assert(
    fc.property(anyColumns, (columns) => {
      expect(decodeColumns(encodeColumns(columns))).toEqual(columns);
    }),
    { numRuns: 500 },
  );
});

test("a regular series of floats takes little room", () => {
  const columns: PointColumns = {
    timestamps: Float64Array.from({ length: 10_240 }, (_, i) => 1.7e12 + i * 50 + (i % 3)),
    steps: Float64Array.from({ length: 10_240 }, (_, i) => i),
    values: Float64Array.from({ length: 10_240 }, (_, i) => Math.fround(2 + Math.sin(i / 50))),
  };
  expect(encodeColumns(columns).length / 10_240).toBeLessThan(4);
});

test("an unknown version is an error, not nonsense", () => {
  expect(() => decodeBatch(Buffer.from([9, 1, 97]))).toThrow("unknown version 9");
  expect(() => decodeColumns(Buffer.from([9, 1]))).toThrow("unknown form 9");
});

test("a union holds each point once, in order", () => {
  fc.assert(
    fc.property(anyColumns, anyColumns, (a, b) => {
      const both: PointColumns = {
        timestamps: Float64Array.from([...a.timestamps, ...b.timestamps]),
        steps: Float64Array.from([...a.steps, ...b.steps]),
        values: Float64Array.from([...a.values, ...b.values]),
      };
      expect(mergeDistinct(sortDistinct(a), sortDistinct(b))).toEqual(sortDistinct(both));
    }),
  );
});

test("text is ordered as its UTF-8 bytes", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 4 });
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 500 },
  );
});
