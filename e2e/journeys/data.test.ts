import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDatasetVersion, listDatasetFiles } from "@tessera/contracts/dataset";
import { getMe } from "@tessera/contracts/identity";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, launchBrowser } from "../support/browser.ts";
import { removeHome, startPlatform, type TestPlatform } from "../support/platform.ts";
import { comeIn } from "../support/visitor.ts";

describe("data, in the browser", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let project: string;
  let folder: string;

  beforeAll(async () => {
    platform = await startPlatform();
    folder = await mkdtemp(join(tmpdir(), "tessera-upload-"));
    await mkdir(join(folder, "train"));
    await writeFile(join(folder, "train", "a.csv"), "digit,pixels\n7,64\n");
    await writeFile(join(folder, "notes.txt"), "scanned by hand");
    project = (await platform.client.call(getMe, {})).homeProject ?? "";
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(20_000);
    await comeIn(page, platform);
  });
  afterAll(async () => {
    await browser.close();
    await platform.stop();
    await removeHome(platform.home);
    await rm(folder, { recursive: true, force: true });
  });

  async function filesOf(version: string) {
    const params = { project, name: "scans", version };
    const { items } = await platform.client.call(listDatasetFiles, { params });
    return items.map(({ path, sizeBytes }) => `${path} ${sizeBytes}`);
  }

  /** Drops a folder of this machine, as a person does from a file manager. */
  async function drop(path: string, at: { x: number; y: number } | null): Promise<void> {
    if (at === null) throw new Error("There is no place to drop it at");
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await session.send("Input.dispatchDragEvent", { type, x: at.x + 5, y: at.y + 5, data });
    }
    await session.detach();
  }

  it("uploads a folder as a new dataset, after saying what is missing", async () => {
    await page.goto(`${platform.url}/p/${project}/data`);
    await page.getByText("No datasets yet").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "New dataset" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Upload" }).click();
    await dialog.getByText("A dataset needs a name").waitFor();
    await dialog.getByText("Drop a folder or files, or choose them").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByLabel("Name").fill("scans");
    await dialog.getByLabel("Folder").setInputFiles(folder);
    await dialog.getByText("2 files").waitFor();
    await dialog.getByLabel("What is new").fill("the first ones");
    await dialog.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("heading", { name: "scans" }).waitFor();
    expect(await filesOf("1")).toEqual(["notes.txt 15", "train/a.csv 18"]);
  });

  it("looks at its files", async () => {
    await page.getByRole("treeitem", { name: "train" }).click();
    await page.getByRole("treeitem", { name: "a.csv" }).click();
    await page.getByText("pixels").waitFor();
    expect(new URL(page.url()).searchParams.get("file")).toBe("train/a.csv");
    expect(await findBarriers(page)).toEqual([]);
  });

  it("makes another version, and sees what it changed", async () => {
    await writeFile(join(folder, "train", "b.csv"), "digit,pixels\n3,64\n");
    await page.getByRole("button", { name: "New version" }).click();
    const dialog = page.getByRole("dialog");
    const zone = dialog.getByText("Drop a folder or files here");
    // Not before the dialog has come to rest.
    await zone.hover();
    await drop(folder, await zone.boundingBox());
    await dialog.getByText("3 files").waitFor();
    await dialog.getByRole("button", { name: "Upload" }).click();
    await page.getByText("scans@2 is there").waitFor();
    expect(await filesOf("2")).toEqual(["notes.txt 15", "train/a.csv 18", "train/b.csv 18"]);
    await page.goto(`${platform.url}/p/${project}/data/scans?view=changes`);
    await page.getByText("1 file differs").waitFor();
    await page.getByRole("row").filter({ hasText: "train/b.csv" }).getByText("added").waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it("goes on with an upload that was cut off, without sending again what arrived", async () => {
    await writeFile(join(folder, "large.bin"), Buffer.alloc(40 * 1024 * 1024, 1));
    let sent = 0;
    await page.route(/drafts\/[^/]+\/file\?/, (route) => {
      sent += 1;
      return sent === 1 ? route.abort() : route.continue();
    });
    await page.getByRole("button", { name: "New version" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Folder").setInputFiles(folder);
    await dialog.getByRole("button", { name: "Upload" }).click();
    await dialog.getByText("The platform does not answer").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Go on" }).click();
    await page.getByText("scans@3 is there").waitFor();
    expect(sent).toBe(2);
    const params = { project, name: "scans", version: "3" };
    expect(await platform.client.call(getDatasetVersion, { params })).toMatchObject({
      fileCount: 4,
    });
  });
});
