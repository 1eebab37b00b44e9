import { stripVTControlCharacters } from "node:util";

/** Lines that name a cause, the most telling kinds first. */
const telling: readonly RegExp[] = [
  /No space left on device/,
  /^ERROR: No matching distribution found/,
  /^ERROR: Cannot install/,
  /^ERROR: Package .* requires a different Python/,
  /^ERROR: (Invalid requirement|Could not open requirements file|HTTP error|Could not install)/,
  /^(error|fatal): (command|Microsoft|can't|subprocess|repository|unable|could not|linker) ?.*/i,
  /^(ModuleNotFoundError|ImportError|SyntaxError|RuntimeError|OSError|Exception): /,
  /^ERROR: /,
  /^error: /,
  /^Error: /,
];

/** Lines that look like causes but only say that there was one. */
const empty =
  /^(ERROR|error): (subprocess-exited-with-error|Failed to build|metadata-generation-failed)/;

const longest = 600;

/** The line of a build's log that says why it failed; uv's explanations below it are joined to it. */
export function failureLine(log: string): string {
  const lines = stripVTControlCharacters(log).split(/\r?\n/);
  const explained = readCauses(lines) ?? readBox(lines);
  if (explained) return explained.slice(0, longest);
  const bare = lines.map(withoutGutter).filter((line) => line !== "");
  for (const pattern of telling) {
    const found = bare.findLast((line) => pattern.test(line) && !empty.test(line));
    if (found) return found.slice(0, longest);
  }
  return (bare.at(-1) ?? "The build failed without a word.").slice(0, longest);
}

/** pip draws a gutter beside a subprocess's output. */
function withoutGutter(line: string): string {
  return line.replace(/^[\s│╰─▶>×|]+/, "").trim();
}

/** "error: No solution found …" with "  cause: …" lines below it (uv from 0.10 or so on). */
function readCauses(lines: string[]): string | undefined {
  const start = lines.findLastIndex(
    (line, index) => line.startsWith("error: ") && /^\s+cause: /.test(lines[index + 1] ?? ""),
  );
  if (start < 0) return undefined;
  const parts = [(lines[start] ?? "").slice("error: ".length)];
  for (const line of lines.slice(start + 1)) {
    if (!/^\s+cause: /.test(line)) break;
    parts.push(line.trim().slice("cause: ".length));
  }
  return parts.join(": ");
}

/** "× No solution found …" with "├─▶" and "╰─▶" below it, each wrapped over lines. */
function readBox(lines: string[]): string | undefined {
  const start = lines.findLastIndex((line) => /^\s*×\s/.test(line));
  if (start < 0 || !lines.slice(start).some((line) => /^\s*[├╰]─▶/.test(line))) return undefined;
  const parts: string[] = [];
  for (const line of lines.slice(start)) {
    if (parts.length > 0 && !/^\s*[│├╰]|^ {4,}/.test(line)) break;
    parts.push(line.replace(/^\s*(×|[│├╰]─?▶?)\s*/, "").trim());
  }
  return parts
    .filter((part) => part !== "")
    .join(" ")
    .replaceAll(/\s+/g, " ");
}
