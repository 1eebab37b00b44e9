import { hueOfRun, RUN_HUES } from "@tessera/contracts/run-hue";
import { expect, test } from "vitest";
import { newRunId } from "./new-run-id.ts";

test("as many runs of a project in a row as there are hues are told apart", () => {
  const ids = Array.from({ length: 3 * RUN_HUES }, () => {
    newRunId("another project");
    return newRunId("project");
  });
  for (let at = 0; at + RUN_HUES <= ids.length; at += 1) {
    expect(new Set(ids.slice(at, at + RUN_HUES).map(hueOfRun)).size).toBe(RUN_HUES);
  }
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{19}$/);
});
