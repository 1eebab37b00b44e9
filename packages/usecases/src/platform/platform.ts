import type { BlobStore } from "@tessera/blobs/blob-store";
import type { AuthProvider } from "@tessera/contracts/identity";
import type { Database } from "@tessera/db/client";
import type { Clock } from "@tessera/kit/clock";
import type { Logger } from "@tessera/kit/logger";
import type { PointWriter } from "@tessera/metrics/point-writer";
import type { EventFeed } from "../events/event-feed.ts";
import type { RunActivity } from "../tracking/run-activity.ts";

/** Settings that rules depend on. */
export interface PlatformSettings {
  /** Origin that people and clients use, without a slash at its end. */
  readonly publicUrl: string;
  /** Host (without port) below which user content is served. */
  readonly contentHost: string;
  /** Most bytes that an uploaded code folder may have. */
  readonly maxSnapshotBytes: number;
  readonly currency: string;
  readonly version: string;
  /** Identity providers that people may sign in through. */
  readonly oidcProviders: readonly AuthProvider[];
}

/** What use cases stand on; made once by createPlatform. */
export interface Platform {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: PlatformSettings;
  /** Appends single metric points, many callers' in one commit. */
  readonly points: PointWriter;
  /** Tells of runs that log points and files. */
  readonly runActivity: RunActivity;
  /** What changes, as it does; connects when somebody first listens. */
  readonly events: EventFeed;
  /** Called after a commit that wrote to the outbox, so that messages leave at once. */
  readonly outboxWritten: () => void;
}

/** A platform and who is acting on it. */
export interface Context extends Platform {
  readonly actor: Actor;
}

export interface UserActor {
  readonly kind: "user";
  readonly userId: string;
  readonly name: string;
  readonly admin: boolean;
  readonly via: "session" | "token";
  /** Set when the token is good for one project alone. */
  readonly onlyProjectId: string | null;
}

/** The token of one attempt of a job. */
export interface RunActor {
  readonly kind: "run";
  readonly userId: string;
  readonly name: string;
  readonly projectId: string;
  readonly workloadId: string;
}

/** The platform itself: workers and start-up. */
export interface SystemActor {
  readonly kind: "system";
  readonly name: string;
}

export interface AnonymousActor {
  readonly kind: "anonymous";
}

export type Actor = UserActor | RunActor | SystemActor | AnonymousActor;
