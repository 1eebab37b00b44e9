/** The states of a run, with the protocol's numbers. */
export const RUN_STATUS = {
  RUNNING: 1,
  SCHEDULED: 2,
  FINISHED: 3,
  FAILED: 4,
  KILLED: 5,
} as const;

export type RunStatus = keyof typeof RUN_STATUS;

/** Which of the deleted and the others a search looks at, with the protocol's numbers. */
export const VIEW_TYPE = { ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 } as const;

export type ViewType = keyof typeof VIEW_TYPE;

export type LifecycleStage = "active" | "deleted";
