import type { PlatformEvent } from "@tessera/contracts/event";
import { authorize, authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { visibleProjects } from "../projects/visible-projects.ts";
import { compareCursors, type EventCursor, formatCursor, parseCursor } from "./event-cursor.ts";
import type { FeedEvent } from "./event-feed.ts";

interface Input {
  /** Slug; without it, everything that the caller can see. */
  readonly project?: string;
  readonly lastEventId?: string | undefined;
}

/** What a watcher is told. `position` is where to resume from. */
export type Watched =
  | { readonly kind: "event"; readonly position: string; readonly event: PlatformEvent }
  /** Nothing new, but the position to resume from. */
  | { readonly kind: "position"; readonly position: string }
  /** Events are missing: they were deleted before the watcher came back. */
  | { readonly kind: "gap"; readonly position: string };

/** Whose events the caller may see. */
interface Sight {
  sees(event: FeedEvent): boolean;
}

const mostWaiting = 5000;

/** Tells changes until the signal aborts. */
export type Watcher = (signal: AbortSignal) => AsyncIterable<Watched>;

/**
 * What changes, from now on or from where the watcher left off. Ends when the signal aborts, when
 * the caller may no longer see it, or when the caller reads too slowly: whoever comes back with
 * the last position has missed nothing.
 */
export async function watchEvents(ctx: Context, input: Input): Promise<Watcher> {
  const sight = await sightOf(ctx, input.project);
  const resume = input.lastEventId === undefined ? undefined : parseCursor(input.lastEventId);
  return (signal) => watch(ctx, { project: input.project, sight, resume }, signal);
}

async function sightOf(ctx: Context, project: string | undefined): Promise<Sight> {
  if (project !== undefined) {
    const access = await authorize(ctx, "event.read", { project });
    return { sees: ({ projectId }) => projectId === access.project.id };
  }
  authorizeAccount(ctx, "signed-in");
  const visible = await ctx.db.prisma.project.findMany({
    where: visibleProjects(ctx),
    select: { id: true },
  });
  const ids = new Set(visible.map(({ id }) => id));
  return { sees: ({ projectId }) => projectId === null || ids.has(projectId) };
}

/** Whether the event may change who sees what. */
function movesSight({ event }: FeedEvent): boolean {
  return event.type === "member.changed" || event.type === "project.changed";
}

interface Watch {
  readonly project: string | undefined;
  readonly sight: Sight;
  readonly resume: EventCursor | undefined;
}

async function* watch(
  ctx: Context,
  { project, sight, resume }: Watch,
  signal: AbortSignal,
): AsyncGenerator<Watched> {
  const waiting: FeedEvent[] = [];
  let notify = (): void => undefined;
  let overflowed = false;
  const subscription = await ctx.events.subscribe((event) => {
    overflowed ||= waiting.push(event) > mostWaiting;
    notify();
  });
  const wake = (): void => notify();
  signal.addEventListener("abort", wake);
  try {
    let sees = sight;
    const tell = async function* (events: readonly FeedEvent[]): AsyncGenerator<Watched> {
      for (const each of events) {
        const told = {
          kind: "event",
          position: formatCursor(each.cursor),
          event: each.event,
        } as const;
        const seen = sees.sees(each);
        if (seen) yield told;
        if (!movesSight(each) || (project !== undefined && !seen)) continue;
        sees = await sightOf(ctx, project);
        if (!seen && sees.sees(each)) yield told;
      }
    };
    yield* catchUp(ctx, { resume, from: subscription.from, tell });
    while (!signal.aborted && !overflowed) {
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          notify = resolve;
          if (signal.aborted) resolve();
        });
      }
      yield* tell(waiting.splice(0));
    }
  } finally {
    signal.removeEventListener("abort", wake);
    subscription.end();
  }
}

interface CatchUp {
  readonly resume: EventCursor | undefined;
  readonly from: EventCursor;
  readonly tell: (events: readonly FeedEvent[]) => AsyncGenerator<Watched>;
}

/** Tells what happened between the watcher's last position and the feed's. */
async function* catchUp(ctx: Context, { resume, from, tell }: CatchUp): AsyncGenerator<Watched> {
  if (resume === undefined) {
    yield { kind: "position", position: formatCursor(from) };
    return;
  }
  if (!(await ctx.events.reaches(resume))) {
    yield { kind: "gap", position: formatCursor(from) };
    return;
  }
  let position = resume;
  while (compareCursors(position, from) < 0) {
    const page = await ctx.events.read(position, from);
    yield* tell(page);
    position = page.at(-1)?.cursor ?? from;
  }
}
