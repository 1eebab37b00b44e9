import { createParser, type EventSourceMessage } from "eventsource-parser";

export type ServerEvent = EventSourceMessage;

/** Reads server-sent events from a response, one by one, until it ends. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) return;
  const ready: ServerEvent[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
