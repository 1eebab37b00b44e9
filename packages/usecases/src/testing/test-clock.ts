import type { Clock } from "@tessera/kit/clock";

export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** A clock that starts at the real time and goes on only when told. */
export function createTestClock(): TestClock {
  let now = Date.now();
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
  };
}
