import { callAllPages } from "@tessera/client/all-pages";
import {
  compareDatasetVersions,
  getDatasetVersion,
  LATEST,
  listDatasetFiles,
  listDatasets,
  listDatasetVersions,
  putDatasetTag,
} from "@tessera/contracts/dataset";
import { type DataRef, readDataRef } from "../data/data-ref.ts";
import { listFiles } from "../data/list-files.ts";
import { pullFiles } from "../data/pull-files.ts";
import { pushFiles } from "../data/push-files.ts";
import { tableOf } from "../output/output.ts";
import { age, byteCount, shortened } from "../output/words.ts";
import { projectOf, type Session } from "../session.ts";
import { CliError } from "../cli-error.ts";

interface InProject {
  readonly project?: string | undefined;
}

interface PushOptions extends InProject {
  readonly dataset: string;
  readonly message?: string | undefined;
  readonly tag?: string | undefined;
}

function countOf(files: number): string {
  return `${files} ${files === 1 ? "file" : "files"}`;
}

/** Makes a folder, or a file, the next version of a dataset. */
export async function dataPush(
  session: Session,
  source: string,
  options: PushOptions,
): Promise<void> {
  const { dataset, message, tag } = options;
  const { name, version: unwanted } = readDataRef(dataset);
  if (unwanted !== undefined) throw new CliError("A push makes a version; name none", 2);
  const files = await listFiles(source);
  const project = await projectOf(session, options.project);
  const { version, sent } = await pushFiles(session, { project, name, message, files });
  const { number, fileCount, sizeBytes } = version;
  if (tag !== undefined) {
    const params = { project, name, tag };
    await session.client.call(putDatasetTag, { params, body: { version: number } });
  }
  session.output.result({ ...version, sent }, () => {
    const all = `${countOf(fileCount)}, ${byteCount(sizeBytes)}`;
    return `${name}@${number}  ${all} (${countOf(sent.files)} sent, ${byteCount(sent.bytes)})`;
  });
}

interface PullOptions extends InProject {
  readonly force?: boolean | undefined;
}

interface PullFrom {
  readonly ref: string;
  readonly folder: string | undefined;
}

/** Writes a version of a dataset into a folder. */
export async function dataPull(
  session: Session,
  { ref, folder }: PullFrom,
  options: PullOptions,
): Promise<void> {
  const { name, version: wanted = LATEST } = readDataRef(ref);
  const project = await projectOf(session, options.project);
  const params = { project, name, version: wanted };
  const version = await session.client.call(getDatasetVersion, { params });
  const place = { project, version, folder: folder ?? name, force: options.force === true };
  const fetched = await pullFiles(session, place);
  session.output.result({ ...version, folder: place.folder, fetched }, () => {
    const news = `${countOf(fetched.files)} fetched, ${byteCount(fetched.bytes)}`;
    return `${name}@${version.number}  ${countOf(version.fileCount)} in ${place.folder} (${news})`;
  });
}

const LONGEST_MESSAGE = 60;

async function listAll(session: Session, project: string): Promise<void> {
  const { items } = await callAllPages(session.client, listDatasets, { params: { project } });
  session.output.result(items, () =>
    items.length === 0
      ? "There is no dataset yet. Make one with `tessera data push <folder> --dataset <name>`."
      : tableOf(
          ["DATASET", "VERSION", "FILES", "SIZE", "CHANGED"],
          items.map(({ name, latest }) => [
            name,
            String(latest.number),
            String(latest.fileCount),
            byteCount(latest.sizeBytes),
            age(latest.createdAt),
          ]),
        ),
  );
}

async function listVersions(session: Session, params: { project: string; name: string }) {
  const { items } = await callAllPages(session.client, listDatasetVersions, { params });
  session.output.result(items, () =>
    tableOf(
      ["VERSION", "TAGS", "FILES", "SIZE", "BY", "MADE", "MESSAGE"],
      items.map((version) => [
        String(version.number),
        version.tags.join(", "),
        String(version.fileCount),
        byteCount(version.sizeBytes),
        version.createdBy,
        age(version.createdAt),
        shortened(version.message.split("\n")[0] ?? "", LONGEST_MESSAGE),
      ]),
    ),
  );
}

async function listOne(session: Session, project: string, ref: DataRef): Promise<void> {
  const { name, version } = ref;
  if (version === undefined) return listVersions(session, { project, name });
  const params = { project, name, version };
  const { items } = await callAllPages(session.client, listDatasetFiles, { params });
  session.output.result(items, () =>
    tableOf(
      ["FILE", "SIZE", "SHA-256"],
      items.map(({ path, sizeBytes, sha256 }) => [path, byteCount(sizeBytes), sha256.slice(0, 12)]),
    ),
  );
}

/** Datasets; of one its versions; of a version its files. */
export async function dataLs(
  session: Session,
  text: string | undefined,
  options: InProject,
): Promise<void> {
  const ref = text === undefined ? undefined : readDataRef(text);
  const project = await projectOf(session, options.project);
  await (ref === undefined ? listAll(session, project) : listOne(session, project, ref));
}

const signs = { added: "+", removed: "-", changed: "~" } as const;

/** Which files differ from one version of a dataset to another; the newest unless told. */
export async function dataDiff(
  session: Session,
  { from, to = LATEST }: { readonly from: string; readonly to: string | undefined },
  options: InProject,
): Promise<void> {
  const { name, version } = readDataRef(from);
  if (version === undefined) throw new CliError(`Name a version: ${name}@1, say`, 2);
  const project = await projectOf(session, options.project);
  const params = { project, name, version, other: to };
  const { items } = await callAllPages(session.client, compareDatasetVersions, { params });
  session.output.result(items, () =>
    items.length === 0
      ? "Both have the same files."
      : items.map(({ change, path }) => `${signs[change]} ${path}`).join("\n"),
  );
}
