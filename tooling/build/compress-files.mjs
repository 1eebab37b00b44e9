// Writes a .br and a .gz beside each text file of the given folders: compressed once, as small as
// can be, instead of quickly at every request.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const texts = new Set([".js", ".css", ".svg", ".json", ".txt"]);
/** Below this, headers outweigh what is saved. */
const SMALLEST = 1024;

const packers = {
  ".br": (data) =>
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
  ".gz": (data) => promisify(gzip)(data, { level: 9 }),
};

for (const folder of process.argv.slice(2)) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !texts.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const data = await readFile(path);
    if (data.length < SMALLEST) continue;
    for (const [ending, pack] of Object.entries(packers)) {
      await writeFile(path + ending, await pack(data));
    }
  }
}
