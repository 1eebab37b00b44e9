/** A process that puts so many bytes of content in a folder's store, and waits before the last. */
import { PlatformError } from "@tessera/contracts/errors";
import { openFsBlobStore } from "../fs/fs-blob-store.ts";
import { content, trickle } from "./content.ts";

const [root = "", size = "0", how = "at once"] = process.argv.slice(2);

async function main(): Promise<void> {
  const store = await openFsBlobStore(root);
  const slow = trickle(1, Number(size));
  void slow.almostAll.then(() => process.stdout.write("almost\n"));
  try {
    await store.put(how === "slowly" ? slow.source : content(1, Number(size)));
    process.stdout.write("put\n");
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    process.stdout.write(`${error.code}: ${error.message}\n`);
  }
}

void main();
