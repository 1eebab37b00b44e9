import { expect, test } from "vitest";
import { wholeCharacters } from "./whole-characters.ts";

test.each([
  ["plain", 5],
  ["", 0],
  ["ö", 2],
  ["a€", 4],
  ["a😀", 5],
])("%j is whole", (text, length) => {
  expect(wholeCharacters(Buffer.from(text))).toBe(length);
});

test.each(["ö", "€", "😀"])("a part of %j at the end is left for later", (character) => {
  const bytes = Buffer.from(`ab${character}`);
  for (let length = 3; length < bytes.length; length += 1) {
    expect(wholeCharacters(bytes.subarray(0, length))).toBe(2);
  }
  expect(wholeCharacters(bytes)).toBe(bytes.length);
});

test("what is no text at all is not waited for", () => {
  expect(wholeCharacters(Buffer.from([0x80, 0x80, 0x80, 0x80]))).toBe(4);
  expect(wholeCharacters(Buffer.from([0xff, 0x41]))).toBe(2);
});
