import type { FileDiff } from "@tessera/contracts/code";

/** Changes file by file as one diff in git's manner, which says what was added and removed. */
export function asGitDiff(items: readonly FileDiff[]): string {
  return items.map(fileDiff).join("");
}

const modes: Record<FileDiff["change"], string> = {
  added: "new file mode 100644\n",
  removed: "deleted file mode 100644\n",
  changed: "",
};

function fileDiff({ path, change, patch }: FileDiff): string {
  const heading = `diff --git a/${path} b/${path}\n${modes[change]}`;
  if (patch === null) return `${heading}Binary files a/${path} and b/${path} differ\n`;
  const body = patch.replace(/^(?:Index: .*\n)?=+\n/u, "");
  return `${heading}${body.endsWith("\n") ? body : `${body}\n`}`;
}
