import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeManifest,
  type Manifest,
  manifestDigest,
  type ManifestEntry,
  parseManifest,
} from "./manifest.ts";

const hex = "0123456789abcdef".repeat(4);
const file: ManifestEntry = { sha256: hex, size: 12, mode: 0o644 };

function manifestOf(...entries: [string, ManifestEntry][]): Manifest {
  return new Map(entries);
}

describe("a manifest", () => {
  it("has one text, sorted by the bytes of the paths", () => {
    const manifest = manifestOf(
      // U+FFFD sorts before U+1F600 in UTF-8, and after it in UTF-16.
      ["\u{1F600}", file],
      ["\uFFFD", file],
      ["b/run.sh", { ...file, mode: 0o755, size: 0 }],
      ["b.txt", file],
      ["B", file],
      ["10", file],
      ["9", file],
      ["__proto__", file],
      ["line\u2028separator", file],
    );
    expect(parseManifest(encodeManifest(manifest))).toEqual(manifest);
    expect(encodeManifest(manifest)).toBe(
      [
        "tessera-manifest 1",
        `644 12 ${hex} 10`,
        `644 12 ${hex} 9`,
        `644 12 ${hex} B`,
        `644 12 ${hex} __proto__`,
        `644 12 ${hex} b.txt`,
        `755 0 ${hex} b/run.sh`,
        `644 12 ${hex} line\u2028separator`,
        `644 12 ${hex} \uFFFD`,
        `644 12 ${hex} \u{1F600}`,
        "",
      ].join("\n"),
    );
  });

  it("has a digest that never changes", () => {
    expect(manifestDigest(manifestOf())).toBe(
      "df68123f41f8e7c8a2f41b295f17231f9fc3635ed59f7ca3c640c289bc91344c",
    );
    expect(manifestDigest(manifestOf(["b/c", { ...file, mode: 0o755 }], ["a", file]))).toBe(
      "2fb7b782cb5e81e4b3894c49c61feb6ba0f4890c593e972f7b4b4076d35a1ccf",
    );
  });

  it("can be read back, whatever is in it", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    const entry = fc.record(
      {
        sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
        size: fc.maxSafeNat(),
        mode: fc.constantFrom(0o644 as const, 0o755 as const),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, entry), { maxLength: 10 }), (entries) => {
        const manifest = new Map(entries);
        let text: string;
        try {
          text = encodeManifest(manifest);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_argument" });
          return;
        }
        const again = parseManifest(text);
        expect(new Map(again)).toEqual(manifest);
        expect(encodeManifest(again)).toBe(text);
        expect(manifestDigest(new Map([...manifest].toReversed()))).toBe(manifestDigest(manifest));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, [string, ManifestEntry][], string]>([
    ["a path upwards", [["../x", file]], 'file "../x" has ".." in its path'],
    ["an absolute path", [["/x", file]], 'file "/x" has an absolute path'],
    ["a path that is not plain", [["a//b", file]], 'file "a//b" has a path that is not plain'],
    ["a dot in a path", [["./a", file]], 'file "./a" has a path that is not plain'],
    ["a line break", [["a\nb", file]], 'file "a\\nb" has a control character in its name'],
    ["half a character", [["\uD83D", file]], 'file "\\ud83d" has a name that is not valid Unicode'],
    ["no path", [["", file]], 'file "" has no name'],
    [
      "a file and folder",
      [
        ["a", file],
        ["a/b", file],
      ],
      'file "a" is also a folder',
    ],
    [
      "a bad digest",
      [["a", { ...file, sha256: "x" }]],
      'file "a" has no SHA-256 in lower-case hex',
    ],
    ["a bad size", [["a", { ...file, size: -1 }]], 'file "a" has a size that is no whole number'],
    ["half a byte", [["a", { ...file, size: 0.5 }]], 'file "a" has a size that is no whole number'],
    [
      "a bad mode",
      [["a", { ...file, mode: 0o777 as 0o755 }]],
      'file "a" has a mode that is neither',
    ],
  ])("is refused with %s", (_what, entries, words) => {
    const encode = (): string => encodeManifest(manifestOf(...entries));
    expect(encode).toThrow(`The manifest's ${words}`);
    expect(encode).toThrow(expect.objectContaining({ code: "invalid_argument" }));
  });

  const line = `644 12 ${hex} a`;
  it.each<[string, string, string]>([
    ["nothing", "", 'does not begin with "tessera-manifest 1"'],
    ["another version", "tessera-manifest 2\n", "does not begin with"],
    ["JSON", '{"a": 1}', "does not begin with"],
    ["a short line", `tessera-manifest 1\n644 12 a\n`, "Line 2 of the manifest is not"],
    [
      "another mode",
      `tessera-manifest 1\n${line}\n600 12 ${hex} b\n`,
      "Line 3 of the manifest is not",
    ],
    [
      "a size with a zero first",
      `tessera-manifest 1\n644 012 ${hex} a\n`,
      "Line 2 of the manifest",
    ],
    ["no last line break", `tessera-manifest 1\n${line}`, "is not in its one canonical form"],
    ["an empty line", `tessera-manifest 1\n\n${line}\n`, "Line 2 of the manifest is not"],
    ["a path twice", `tessera-manifest 1\n${line}\n${line}\n`, "is not in its one canonical form"],
    ["another order", `tessera-manifest 1\n644 1 ${hex} b\n${line}\n`, "is not in its one"],
    ["a bad path", `tessera-manifest 1\n${line}/../b\n`, 'file "a/../b" has ".." in its path'],
    [
      "a huge size",
      `tessera-manifest 1\n644 9999999999999999 ${hex} a\n`,
      "a size that is no whole",
    ],
  ])("is not read from %s", (_what, text, words) => {
    expect(() => parseManifest(text)).toThrow(words);
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({ code: "invalid_argument" }),
    );
  });
});
