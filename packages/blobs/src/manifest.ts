import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { isDigest } from "./digest.ts";
import { fileAndFolder, normalizedPath, pathFault, shown } from "./file-path.ts";

/** A file that is not, or is, to be executed; nothing else of a mode is kept. */
export type FileMode = 0o644 | 0o755;

export interface ManifestEntry {
  readonly sha256: string;
  readonly size: number;
  readonly mode: FileMode;
}

/** The files of a folder, by their paths below it with "/" between the parts. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

const heading = "tessera-manifest 1";

/**
 * The one text of a manifest: a heading, then a line `<mode> <size> <sha256> <path>` for each file,
 * sorted by the bytes of the path in UTF-8. Equal folders have equal texts. Rejects a bad manifest.
 */
export function encodeManifest(manifest: Manifest): string {
  const fault = manifestFault(manifest);
  if (fault !== null) throw new PlatformError("invalid_argument", `The manifest's ${fault}`);
  const lines = [...manifest]
    .map(([path, entry]) => ({ entry, path, key: Buffer.from(path) }))
    .toSorted((a, b) => a.key.compare(b.key))
    .map(({ path, entry }) => `${lineStart(entry)} ${path}`);
  return `${[heading, ...lines].join("\n")}\n`;
}

/** SHA-256 of a manifest's text, under which a blob store keeps that text. */
export function manifestDigest(manifest: Manifest): string {
  return sha256(encodeManifest(manifest));
}

/** Reads what `encodeManifest` wrote, and nothing else; rejects with invalid_argument. */
export function parseManifest(text: string): Manifest {
  const [first, ...lines] = text.split("\n");
  if (first !== heading) refuse(`The manifest does not begin with "${heading}"`);
  const manifest = new Map<string, ManifestEntry>();
  for (const [at, line] of lines.slice(0, -1).entries()) {
    const match = /^(644|755) (0|[1-9][0-9]{0,15}) ([0-9a-f]{64}) (.+)$/su.exec(line);
    if (!match) return refuse(`Line ${at + 2} of the manifest is not "mode size sha256 path"`);
    const [, mode = "", size = "", digest = "", path = ""] = match;
    const entry = {
      sha256: digest,
      size: Number(size),
      mode: Number.parseInt(mode, 8) as FileMode,
    };
    manifest.set(path, entry);
  }
  // Also says what is wrong with an entry, and that a path is there twice.
  if (encodeManifest(manifest) !== text) refuse("The manifest is not in its one canonical form");
  return manifest;
}

function refuse(words: string): never {
  throw new PlatformError("invalid_argument", words);
}

function lineStart({ mode, size, sha256: digest }: ManifestEntry): string {
  return `${mode.toString(8)} ${size} ${digest}`;
}

/** What is wrong with a manifest, as the end of a sentence; null if nothing. */
function manifestFault(manifest: Manifest): string | null {
  for (const [path, entry] of manifest) {
    const fault = pathFault(path) ?? entryFault(entry);
    if (fault !== null) return `file ${shown(path)} ${fault}`;
    if (normalizedPath(path) !== path) return `file ${shown(path)} has a path that is not plain`;
  }
  const both = fileAndFolder(new Set(manifest.keys()), manifest.keys());
  return both === null ? null : `file ${shown(both)} is also a folder`;
}

function entryFault({ sha256: digest, size, mode }: ManifestEntry): string | null {
  if (!isDigest(digest)) return "has no SHA-256 in lower-case hex";
  if (!Number.isSafeInteger(size) || size < 0) return "has a size that is no whole number";
  return mode === 0o644 || mode === 0o755 ? null : "has a mode that is neither 644 nor 755";
}
