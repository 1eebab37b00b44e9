import type { Database } from "@tessera/db/client";
import type { PoolClient } from "@tessera/db/transaction";

/** A statement that is to be part of every transaction. */
export interface Mark {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

type Prisma = Database["prisma"];
type Pool = Database["pool"];

/** The same database, with the mark in every transaction that commits, whoever opens it. */
export function markingCommits(db: Database, mark: Mark): Database {
  return { ...db, prisma: markingPrisma(db.prisma, mark), pool: markingPool(db.pool, mark) };
}

function markingPrisma(prisma: Prisma, { sql, values }: Mark): Prisma {
  const transaction = async (work: unknown, options?: object): Promise<unknown> => {
    if (typeof work !== "function") {
      const steps = work as ReturnType<Prisma["$executeRawUnsafe"]>[];
      const marking = prisma.$executeRawUnsafe(sql, ...values);
      return (await prisma.$transaction([...steps, marking])).slice(0, -1);
    }
    return prisma.$transaction(async (tx) => {
      const result: unknown = await work(tx);
      await tx.$executeRawUnsafe(sql, ...values);
      return result;
    }, options);
  };
  return replacing(prisma, { $transaction: transaction });
}

function markingPool(pool: Pool, mark: Mark): Pool {
  return replacing(pool, { connect: async () => markingConnection(await pool.connect(), mark) });
}

function markingConnection(connection: PoolClient, { sql, values }: Mark): PoolClient {
  let readOnly = false;
  const query = async (...given: Parameters<PoolClient["query"]>): Promise<unknown> => {
    const [statement] = given as readonly unknown[];
    if (typeof statement === "string" && statement.startsWith("BEGIN")) {
      readOnly = statement.includes("READ ONLY");
    }
    if (statement === "COMMIT" && !readOnly) await connection.query(sql, [...values]);
    return connection.query(...given);
  };
  return replacing(connection, { query });
}

/** The same object with some methods of our own; the others still run on the object itself. */
function replacing<Target extends object>(target: Target, own: Record<string, unknown>): Target {
  return new Proxy(target, {
    get: (_, property): unknown => {
      if (typeof property === "string" && Object.hasOwn(own, property)) return own[property];
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
