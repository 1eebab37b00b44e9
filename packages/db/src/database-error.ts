import { PlatformError } from "@tessera/contracts/errors";

/** A constraint that a statement would have broken. */
export interface ConstraintViolation {
  readonly kind: "unique" | "foreign key" | "check" | "not null";
  /** Name of the constraint or unique index in the database, when it is told. */
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
}

interface DriverFault {
  readonly code: string;
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
}

const violationKinds: Readonly<Record<string, ConstraintViolation["kind"]>> = {
  "23505": "unique",
  "23503": "foreign key",
  "23001": "foreign key",
  "23514": "check",
  "23502": "not null",
};

const lostConnectionCodes = new Set([
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "P1001",
  "P1008",
  "P1017",
  "P2037",
]);

/** Text that PostgreSQL cannot hold (a NUL character) or index, or a number past its column's range. */
const unstorableValueCodes = new Set([
  "22021",
  "22P05",
  "22003",
  "22001",
  "54000",
  "P2000",
  "P2020",
]);

/** The five-character SQLSTATE behind an error of node-postgres or Prisma, if there is one. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = driverFault(error)?.code;
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code)
    ? code
    : undefined;
}

/** Says which constraint an error of node-postgres or Prisma is about, if it is about one. */
export function constraintViolation(error: unknown): ConstraintViolation | undefined {
  const fault = driverFault(error);
  const kind = fault === undefined ? undefined : violationKinds[fault.code];
  if (fault === undefined || kind === undefined) return undefined;
  return { kind, constraint: fault.constraint, table: fault.table, column: fault.column };
}

/**
 * Whether an error says that a row of that key is there already; with a name, whether it is about
 * that constraint or unique index.
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const violation = constraintViolation(error);
  if (violation?.kind !== "unique") return false;
  return constraint === undefined || violation.constraint === constraint;
}

/** Whether the same transaction, run again, may well succeed: a deadlock or a lost race. */
export function isTransientConflict(error: unknown): boolean {
  const code = driverFault(error)?.code;
  return code === "40001" || code === "40P01" || code === "P2034";
}

/** Whether the server went away, refuses connections for now, or could not be reached. */
export function isConnectionLoss(error: unknown): boolean {
  const code = driverFault(error)?.code;
  if (code !== undefined) return lostConnectionCodes.has(code) || code.startsWith("08");
  const message = error instanceof Error ? error.message : "";
  return /^Connection terminated|timeout exceeded when trying to connect/.test(message);
}

/**
 * What a database error means to a caller, where it means something: the server is away, its disk
 * is full, a value cannot be stored. Undefined for everything else, which is a fault of ours.
 */
export function platformErrorOf(error: unknown): PlatformError | undefined {
  const code = driverFault(error)?.code;
  if (isConnectionLoss(error)) {
    return new PlatformError("unavailable", "The database cannot be reached; try again shortly", {
      cause: error,
    });
  }
  // P2028: no connection came free for a transaction, or it ran into its time limit.
  if (isTransientConflict(error) || code === "P2028") {
    return new PlatformError("unavailable", "Too many changes at once; try again", {
      cause: error,
    });
  }
  if (code === "53100") {
    return new PlatformError("disk_full", "The database's disk is full", { cause: error });
  }
  if (code !== undefined && unstorableValueCodes.has(code)) {
    return new PlatformError(
      "invalid_argument",
      "A value cannot be stored: it holds a NUL character, or is too long or too large",
      { cause: error },
    );
  }
  return undefined;
}

/** Finds the driver's own error: the error itself, or what Prisma wrapped. */
function driverFault(error: unknown): DriverFault | undefined {
  if (!isRecord(error)) return undefined;
  const wrapped =
    prismaCause(error) ?? (error["name"] === "DriverAdapterError" ? error["cause"] : undefined);
  if (isRecord(wrapped) && typeof wrapped["originalCode"] === "string") {
    const constraint = isRecord(wrapped["constraint"]) ? wrapped["constraint"]["index"] : undefined;
    return {
      code: wrapped["originalCode"],
      constraint: textOrNothing(constraint),
      table: textOrNothing(wrapped["table"]),
      column: textOrNothing(wrapped["column"]),
    };
  }
  if (typeof error["code"] !== "string") return undefined;
  return {
    code: error["code"],
    constraint: textOrNothing(error["constraint"]),
    table: textOrNothing(error["table"]),
    column: textOrNothing(error["column"]),
  };
}

function prismaCause(error: Record<string, unknown>): unknown {
  const meta = error["meta"];
  const adapterError = isRecord(meta) ? meta["driverAdapterError"] : undefined;
  return isRecord(adapterError) ? adapterError["cause"] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
