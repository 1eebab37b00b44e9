"use client";

import type { GitState, Snapshot } from "@tessera/contracts/code";
import { CopyableId, CopyButton } from "../../../parts/copy-button.tsx";
import { Bytes } from "../../../parts/figures.tsx";
import { countOf } from "../../../parts/format/number.ts";
import { DirtyMark, Fact } from "../head/run-facts.tsx";
import { commitUrl, repositoryUrl } from "./repository-url.ts";

export interface GitFactsProps {
  git: GitState;
  snapshot?: Snapshot | undefined;
}

/** Commit, branch and repository, as git told them. */
export function GitFacts({ git, snapshot }: GitFactsProps) {
  const { commit, branch, remote, dirty } = git;
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-3">
      {commit === null ? (
        <Fact label="Commit">
          <span className="text-ink-3">not in a git repository</span>
        </Fact>
      ) : (
        <Fact label="Commit">
          {dirty ? <DirtyMark snapshot={{ hasDiff: snapshot?.hasDiff ?? false }} /> : null}
          <CommitId
            commit={commit}
            href={remote === null ? undefined : commitUrl(remote, commit)}
          />
        </Fact>
      )}
      {branch === null ? null : (
        <Fact label="Branch">
          <span className="font-mono" title={branch}>
            {branch}
          </span>
        </Fact>
      )}
      {remote === null ? null : <RemoteFact remote={remote} />}
      {snapshot && snapshot.state === "ready" ? (
        <Fact label="Snapshot">
          <span>
            {countOf(snapshot.fileCount, "file")}, <Bytes value={snapshot.sizeBytes} />
          </span>
          {snapshot.digest === null ? null : (
            <CopyButton text={snapshot.digest} label="Copy the digest" />
          )}
        </Fact>
      ) : null}
    </dl>
  );
}

function CommitId({ commit, href }: { commit: string; href: string | undefined }) {
  if (href === undefined) return <CopyableId id={commit} length={12} />;
  return (
    <>
      <span className="font-mono" title={commit}>
        <OutLink href={href}>{commit.slice(0, 12)}</OutLink>
      </span>
      <CopyButton text={commit} label="Copy the commit" />
    </>
  );
}

function RemoteFact({ remote }: { remote: string }) {
  const page = repositoryUrl(remote);
  const shown = page?.replace(/^https?:\/\//, "") ?? remote;
  return (
    <Fact label="Repository">
      <OutLink href={page}>{shown}</OutLink>
      {page === undefined ? <span className="font-mono">{shown}</span> : null}
    </Fact>
  );
}

function OutLink({ href, children }: { href: string | undefined; children: string }) {
  if (href === undefined) return null;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="rounded-xs underline decoration-line-strong underline-offset-3 hover:decoration-current"
    >
      {children}
    </a>
  );
}
