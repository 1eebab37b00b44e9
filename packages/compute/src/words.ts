/** "512 MB", "2.1 GB": units of 1024. */
export function bytesInWords(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${trimmed(value)} ${units[unit]}`;
}

/** "250 ms", "90 s", "5 min", "2.5 h". */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${trimmed(ms)} ms`;
  if (ms < 120_000) return `${trimmed(ms / 1000)} s`;
  if (ms < 7_200_000) return `${trimmed(ms / 60_000)} min`;
  return `${trimmed(ms / 3_600_000)} h`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(value < 100 ? 1 : 0)));
}

const signalMeanings: Record<string, string> = {
  SIGSEGV: "it touched memory that is not its own",
  SIGBUS: "it touched memory that is not there",
  SIGABRT: "it aborted itself",
  SIGILL: "its program has an instruction that this processor does not know",
  SIGFPE: "a division by zero or the like",
  SIGPIPE: "it wrote to a closed pipe",
};

/** "killed by SIGSEGV (it touched memory that is not its own)". */
export function signalInWords(signal: string): string {
  const meaning = signalMeanings[signal];
  return meaning ? `killed by ${signal} (${meaning})` : `killed by ${signal}`;
}

const codeMeanings: Record<number, string> = {
  126: "a command was found but could not be executed",
  127: "a command, or the interpreter that its first line names, was not found",
};

/** "exited with code 127 (a command … was not found)". */
export function exitCodeInWords(code: number): string {
  const meaning = codeMeanings[code];
  return meaning ? `exited with code ${code} (${meaning})` : `exited with code ${code}`;
}
