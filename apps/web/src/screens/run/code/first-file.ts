const likely = [
  /^(train|main|run|app)\.(py|r|jl|sh)$/i,
  /^[^/]+\.py$/i,
  /^readme(\.\w+)?$/i,
  /\.py$/i,
];

/** The file that one most likely wants to see first. */
export function firstFile(paths: readonly string[]): string | undefined {
  for (const pattern of likely) {
    const found = paths.find((path) => pattern.test(path));
    if (found !== undefined) return found;
  }
  return paths[0];
}
