import type { DatasetFile } from "@tessera/contracts/dataset";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { pageFiles } from "./page-files.ts";

const AT_ONCE = 1000;

/** The files of a version, a piece at a time, however many there are. */
export async function* readVersionFiles(
  ctx: Context,
  versionId: string,
): AsyncGenerator<DatasetFile[]> {
  authorizeAccount(ctx, "platform.administer");
  const of = { table: "dataset_file", id: versionId } as const;
  for (let pageToken: string | undefined; ;) {
    const page = await pageFiles(ctx, of, { limit: AT_ONCE, pageToken });
    yield page.items;
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return;
  }
}
