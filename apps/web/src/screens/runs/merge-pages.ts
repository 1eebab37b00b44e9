import type { Run, RunsPage } from "@tessera/contracts/run";

/** All runs of the pages in order, each once: between two reads a run can move to a later page. */
export function runsOf(pages: readonly RunsPage[] | undefined): Run[] {
  const seen = new Set<string>();
  const runs: Run[] = [];
  for (const page of pages ?? []) {
    for (const run of page.items) {
      if (seen.has(run.id)) continue;
      seen.add(run.id);
      runs.push(run);
    }
  }
  return runs;
}

/** The pages with what was read anew of their beginning, the rest of what was loaded after it. */
export function withNewHead(pages: readonly RunsPage[], head: RunsPage): RunsPage[] {
  const loaded = runsOf(pages);
  const last = pages.at(-1);
  const kept = keepSame(head, loaded);
  if (last === undefined || head.nextPageToken === undefined) return [kept];
  const fresh = new Set(head.items.map((run) => run.id));
  // What stood before the new head's last run and is not in it any more has changed, or is gone.
  const end = loaded.findLastIndex((run) => run.id === lastKnown(head, loaded));
  const rest = loaded.slice(end + 1).filter((run) => !fresh.has(run.id));
  if (rest.length === 0) return [kept];
  const { nextPageToken } = last;
  const { matched, total } = head;
  const tail = { items: rest, matched, total };
  return [kept, nextPageToken === undefined ? tail : { ...tail, nextPageToken }];
}

function lastKnown(head: RunsPage, loaded: readonly Run[]): string | undefined {
  const known = new Set(loaded.map((run) => run.id));
  return head.items.findLast((run) => known.has(run.id))?.id;
}

/** The pages with newer versions of some of their runs. */
export function withNewRuns(pages: readonly RunsPage[], newer: readonly Run[]): RunsPage[] {
  const byId = new Map(newer.map((run) => [run.id, run]));
  return pages.map((page) => {
    let changed = false;
    const items = page.items.map((run) => {
      const next = byId.get(run.id);
      if (next === undefined || sameRun(run, next)) return run;
      changed = true;
      return next;
    });
    return changed ? { ...page, items } : page;
  });
}

/** Unchanged runs stay the very same objects, so that their rows are not drawn again. */
function keepSame(page: RunsPage, loaded: readonly Run[]): RunsPage {
  const byId = new Map(loaded.map((run) => [run.id, run]));
  return {
    ...page,
    items: page.items.map((run) => {
      const known = byId.get(run.id);
      return known !== undefined && sameRun(known, run) ? known : run;
    }),
  };
}

function sameRun(a: Run, b: Run): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
