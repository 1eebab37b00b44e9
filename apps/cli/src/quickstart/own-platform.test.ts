import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCliEnv } from "../env.ts";
import { createOutput } from "../output/output.ts";
import { ensurePlatform } from "./own-platform.ts";

test("a platform that TESSERA_URL names is used, and neither started nor stopped", async () => {
  const home = join(mkdtempSync(join(tmpdir(), "tessera-own-")), "home");
  const env = readCliEnv({ TESSERA_URL: "http://127.0.0.1:1/", TESSERA_HOME: home });
  const platform = await ensurePlatform(env, createOutput(true));
  expect(platform).toMatchObject({ url: "http://127.0.0.1:1", started: false });
  await expect(platform.stop()).rejects.toThrow("http://127.0.0.1:1 was not started here");
  expect(existsSync(home)).toBe(false);
  rmSync(join(home, ".."), { recursive: true });
});
