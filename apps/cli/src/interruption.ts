import { once } from "node:events";
import { createInterface } from "node:readline";
import { persist } from "./persist.ts";
import type { Session } from "./session.ts";

type Answer = "detach" | "cancel" | "go on";

const question = "\nLeave it running (d), cancel it (c), or go on (Enter)? ";

/** Asks on the terminal. Ctrl-C once more, or the terminal's end, leaves the job alone. */
async function ask(): Promise<Answer> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new AbortController();
  lines.once("SIGINT", () => lines.close());
  lines.once("close", () => closed.abort());
  try {
    process.stderr.write(question);
    const [text] = (await once(lines, "line", { signal: closed.signal })) as [string];
    const letter = text.trim().toLowerCase().slice(0, 1);
    return letter === "d" ? "detach" : letter === "c" ? "cancel" : "go on";
  } catch {
    process.stderr.write("\n");
    return "detach";
  } finally {
    lines.close();
  }
}

interface Interruption {
  /** Resolves at once, or when a question that stands on the terminal has been answered. */
  readonly quiet: () => Promise<void>;
  readonly end: () => void;
}

interface Choices {
  readonly cancel: () => Promise<unknown>;
  readonly detach: () => void;
}

/** Makes Ctrl-C ask what is to become of the work; where nobody can be asked, it is cancelled. */
export function askOnInterrupt(session: Session, { cancel, detach }: Choices): Interruption {
  let asking: Promise<void> | undefined;

  async function decide(): Promise<void> {
    const answer = process.stdin.isTTY ? await ask() : "cancel";
    if (answer === "detach") detach();
    if (answer !== "cancel") return;
    session.output.note("Cancelling …");
    // Not waited for: its output goes on until it has ended.
    persist(cancel).catch((error: unknown) =>
      session.output.note(`Not cancelled: ${error instanceof Error ? error.message : "unknown"}`),
    );
  }

  const interrupt = (): void => {
    asking ??= decide().finally(() => {
      asking = undefined;
    });
  };
  process.on("SIGINT", interrupt);
  return {
    quiet: () => asking ?? Promise.resolve(),
    end: () => process.off("SIGINT", interrupt),
  };
}
