import { setTimeout as delay } from "node:timers/promises";
import {
  type EnvironmentRevision,
  getEnvironmentLog,
  getEnvironmentRevision,
  putEnvironment,
} from "@tessera/contracts/environment";
import { CliError } from "../cli-error.ts";
import { duration } from "../output/words.ts";
import type { Session } from "../session.ts";

interface Wanted {
  readonly project: string;
  readonly name: string;
  readonly requirements: string;
}

const LINE = 100;

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "")
    ?.slice(0, LINE);
}

/** Asks for an environment and waits until it is built, showing what the build says. */
export async function buildEnvironment(
  session: Session,
  wanted: Wanted,
): Promise<EnvironmentRevision> {
  const { project, name, requirements } = wanted;
  const startedAt = Date.now();
  const { latest } = await session.client.call(putEnvironment, {
    params: { project, name },
    body: { source: { kind: "python", requirements } },
  });
  const params = { project, name, number: latest.number };
  let revision = latest;
  let offset = 0;
  let said = "";
  while (revision.state !== "ready") {
    if (revision.state === "failed") {
      throw new CliError(
        `The Python environment could not be built: ${revision.error ?? "see its log"}\nIts log is at ${session.url}/p/${project}/environments/${name}`,
      );
    }
    const log = await session.client.call(getEnvironmentLog, { params, query: { offset } });
    offset = log.nextOffset;
    said = lastLine(log.text) ?? said;
    session.output.progress(
      `Building the Python environment, ${duration(Date.now() - startedAt)}  ${said}`,
    );
    await delay(300);
    revision = await session.client.call(getEnvironmentRevision, { params });
  }
  session.output.note(`✓ Python environment ${name}@${revision.number}`);
  return revision;
}
