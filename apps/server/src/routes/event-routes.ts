import type { Endpoint } from "@tessera/contracts/endpoint";
import * as contract from "@tessera/contracts/event";
import { type Watched, watchEvents } from "@tessera/usecases/events/watch-events";
import type { Context } from "@tessera/usecases/platform/platform";
import { answerWithEvents, type ServerSentEvent } from "../http/event-stream.ts";
import { type Call, route } from "../http/route.ts";

function presentWatched(watched: Watched): ServerSentEvent {
  const id = watched.position;
  switch (watched.kind) {
    case "event":
      return { id, data: watched.event };
    case "position":
      return { id };
    case "gap":
      return { id, event: "gap", data: {} };
    default:
      return watched satisfies never;
  }
}

async function streamChanges(
  ctx: Context,
  { request, reply }: Pick<Call<Endpoint>, "request" | "reply">,
  what: { readonly project?: string },
): Promise<void> {
  const lastEventId = request.headers["last-event-id"]?.toString();
  const watch = await watchEvents(ctx, { ...what, lastEventId });
  await answerWithEvents({ request, reply }, async function* (signal) {
    for await (const watched of watch(signal)) yield presentWatched(watched);
  });
}

export const eventRoutes = [
  route(contract.streamProjectEvents, (ctx, call) => streamChanges(ctx, call, call.params)),
  route(contract.streamEvents, (ctx, call) => streamChanges(ctx, call, {})),
];
