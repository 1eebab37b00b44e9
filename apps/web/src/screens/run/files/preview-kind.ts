import { languageOfPath } from "../../../parts/code-view/code-language.ts";

/** How a file is shown. "unknown" may be text: its first bytes tell. */
export type PreviewKind =
  | "image"
  | "audio"
  | "video"
  /** Runs scripts of its own: only ever on the content host. */
  | "page"
  | "json"
  | "csv"
  | "markdown"
  | "text"
  | "unknown";

const byExtension: Record<string, PreviewKind> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  gif: "image",
  webp: "image",
  avif: "image",
  bmp: "image",
  ico: "image",
  wav: "audio",
  mp3: "audio",
  ogg: "audio",
  flac: "audio",
  mp4: "video",
  webm: "video",
  html: "page",
  htm: "page",
  svg: "page",
  json: "json",
  ipynb: "json",
  csv: "csv",
  tsv: "csv",
  md: "markdown",
  markdown: "markdown",
  txt: "text",
  log: "text",
  jsonl: "text",
};

export function previewKind(path: string): PreviewKind {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return byExtension[extension] ?? (languageOfPath(path) === undefined ? "unknown" : "text");
}

/** Whether a kind can be looked at both as what it means and as the text that it is. */
export function hasSource(kind: PreviewKind): boolean {
  return kind === "page" || kind === "json" || kind === "csv" || kind === "markdown";
}

const mebibyte = 1024 * 1024;

/** Bytes of text that are shown at most. */
export function textLimit(kind: PreviewKind): number {
  return kind === "json" || kind === "csv" ? 4 * mebibyte : mebibyte;
}

/** Pictures beyond this are loaded when asked for only. */
export const pictureLimit = 20 * mebibyte;
