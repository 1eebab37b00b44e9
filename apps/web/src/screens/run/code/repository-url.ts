/** The page of a repository, from the address that git fetches it from; undefined if it has none. */
export function repositoryUrl(remote: string): string | undefined {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+\/|[:/])(.+)$/.exec(remote);
  if (ssh) return `https://${ssh[1]}/${trimmed(ssh[2] ?? "")}`;
  if (!/^https?:\/\//.test(remote)) return undefined;
  try {
    const url = new URL(remote);
    // Names and passwords in an address are nobody else's business.
    return `${url.protocol}//${url.host}/${trimmed(url.pathname.slice(1))}`;
  } catch {
    return undefined;
  }
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "").replace(/\.git$/, "");
}

/** The page of a commit, on the hosts whose addresses are known. */
export function commitUrl(remote: string, commit: string): string | undefined {
  const base = repositoryUrl(remote);
  if (base === undefined) return undefined;
  const { hostname } = new URL(base);
  if (hostname === "github.com") return `${base}/commit/${commit}`;
  if (/(^|\.)gitlab\./.test(hostname)) return `${base}/-/commit/${commit}`;
  return hostname === "bitbucket.org" ? `${base}/commits/${commit}` : undefined;
}
