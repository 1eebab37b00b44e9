import { expect, it } from "vitest";
import { previewKind } from "./preview-kind.ts";
import { readText, textOf } from "./read-text.ts";

it("knows how to show a file by its name", () => {
  const kinds = [
    "a/b.PNG",
    "r.html",
    "plot.svg",
    "m.json",
    "t.tsv",
    "README.md",
    "train.py",
    "x.bin",
    "Dockerfile",
  ];
  expect(kinds.map(previewKind)).toEqual([
    "image",
    "page",
    "page",
    "json",
    "csv",
    "markdown",
    "text",
    "unknown",
    "text",
  ]);
});

it("reads no more than it may, to the end of a line", async () => {
  const whole = await readText(new Response("one\ntwo\n"), 100);
  expect(whole).toEqual({ text: "one\ntwo\n", cut: false, binary: false });
  const exact = await readText(new Response("one\n"), 4);
  expect(exact).toEqual({ text: "one\n", cut: false, binary: false });
  const part = await readText(new Response("one\ntwo\nthree\n"), 9);
  expect(part).toEqual({ text: "one\ntwo\n", cut: true, binary: false });
});

it("believes a range that there is more", async () => {
  const ranged = (range: string) =>
    readText(new Response("one\ntw", { status: 206, headers: { "content-range": range } }), 100);
  expect(await ranged("bytes 0-5/900")).toEqual({ text: "one\n", cut: true, binary: false });
  expect(await ranged("bytes 0-5/6")).toEqual({ text: "one\ntw", cut: false, binary: false });
});

it("tells text from what is none", () => {
  expect(textOf(new Uint8Array([65, 0, 66]), false).binary).toBe(true);
  expect(
    textOf(
      Uint8Array.from({ length: 400 }, (_, at) => 128 + (at % 90)),
      false,
    ).binary,
  ).toBe(true);
  expect(textOf(new TextEncoder().encode("größer → 漢字"), false)).toEqual({
    text: "größer → 漢字",
    cut: false,
    binary: false,
  });
});
