/** One step of hand-written SQL; applied once, in order of name, in a transaction of its own. */
export interface MetricMigration {
  readonly name: string;
  readonly sql: string;
}

const initial = `
CREATE SCHEMA metrics;

-- Appended batches that no compaction has taken yet. Their payload holds every point.
CREATE TABLE metrics.pending (
  id bigint GENERATED ALWAYS AS IDENTITY,
  run_id text NOT NULL,
  scope text NOT NULL,
  points integer NOT NULL,
  appended_at timestamptz NOT NULL DEFAULT now(),
  payload bytea NOT NULL,
  PRIMARY KEY (run_id, id)
);
ALTER TABLE metrics.pending ALTER COLUMN payload SET STORAGE EXTERNAL;

-- One row a series. An append updates columns without an index only, so that its update stays on the
-- page; ranked_value, which has one, is brought up to last_value by compaction.
CREATE TABLE metrics.series (
  run_id text NOT NULL,
  key text COLLATE "C" NOT NULL,
  last_value double precision NOT NULL,
  last_timestamp bigint NOT NULL,
  last_step bigint NOT NULL,
  min_value double precision,
  max_value double precision,
  first_timestamp bigint NOT NULL,
  newest_timestamp bigint NOT NULL,
  points bigint NOT NULL,
  id bigint,
  name_id integer,
  ranked_value double precision,
  head bytea,
  PRIMARY KEY (run_id, key)
) WITH (fillfactor = 85);
CREATE INDEX series_ranked ON metrics.series (name_id, ranked_value, run_id);
CREATE SEQUENCE metrics.series_id;

-- Latest metrics of a run ready to read: a JSON array of arrays. It holds while the run has no pending
-- batch; the compaction that takes the last one writes it anew.
CREATE TABLE metrics.latest (
  run_id text PRIMARY KEY,
  metrics text NOT NULL
);

-- Names of metrics within a scope.
CREATE TABLE metrics.name (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope text NOT NULL,
  key text COLLATE "C" NOT NULL,
  UNIQUE (scope, key)
);

-- Compacted points. A series' segments are disjoint and in the order of (timestamp, step, value).
CREATE TABLE metrics.segment (
  series_id bigint NOT NULL,
  first_timestamp bigint NOT NULL,
  first_step bigint NOT NULL,
  first_value double precision NOT NULL,
  last_timestamp bigint NOT NULL,
  last_step bigint NOT NULL,
  last_value double precision NOT NULL,
  points integer NOT NULL,
  summary bytea NOT NULL,
  coarse bytea,
  fine bytea,
  data bytea NOT NULL,
  PRIMARY KEY (series_id, last_timestamp, last_step, last_value)
);
ALTER TABLE metrics.segment ALTER COLUMN summary SET STORAGE PLAIN;
ALTER TABLE metrics.segment ALTER COLUMN coarse SET STORAGE EXTERNAL;
ALTER TABLE metrics.segment ALTER COLUMN fine SET STORAGE EXTERNAL;
ALTER TABLE metrics.segment ALTER COLUMN data SET STORAGE EXTERNAL;

-- Points that name a logged model, as that model's own metrics.
CREATE TABLE metrics.model_point (
  model_id text NOT NULL,
  key text COLLATE "C" NOT NULL,
  "timestamp" bigint NOT NULL,
  step bigint NOT NULL,
  run_id text NOT NULL,
  value double precision NOT NULL,
  dataset_name text,
  dataset_digest text,
  PRIMARY KEY (model_id, key, "timestamp", step, run_id)
);
CREATE INDEX model_point_run ON metrics.model_point (run_id);
`;

/** Everything of PostgreSQL schema `metrics`, oldest first. */
export const metricMigrations: readonly MetricMigration[] = [
  { name: "metrics/0001_store", sql: initial },
];
