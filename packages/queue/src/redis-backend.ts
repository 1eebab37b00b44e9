import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { AnyQueue, AnyWorker, Backend, OnError } from "./backend.ts";

const prefix = "tessera";
const connectTimeoutMs = 5_000;
const words =
  /Connection is closed|max retries per request|Command timed out|ECONN|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|LOADING|READONLY/i;

/** Opens BullMQ's Redis backend over ioredis; rejects if Redis cannot be reached. */
export async function openRedisBackend(redisUrl: string, onError: OnError): Promise<Backend> {
  // A producer answers its caller within seconds; a worker waits for Redis as long as it takes.
  const producer = connect(redisUrl, 2, onError);
  await ready(producer);
  let consumer: Redis | undefined;
  return {
    openQueue: (name, options) =>
      new Queue(name, { ...options, connection: producer, prefix }) as AnyQueue,
    openWorker: (name, process, options) => {
      consumer ??= connect(redisUrl, null, onError);
      return new Worker(name, process, { ...options, connection: consumer, prefix }) as AnyWorker;
    },
    isUnreachable: (error) =>
      error instanceof Error && words.test(`${error.name} ${error.message}`),
    close: async () => {
      for (const connection of consumer ? [producer, consumer] : [producer])
        connection.disconnect();
    },
  };
}

function connect(url: string, maxRetriesPerRequest: number | null, onError: OnError): Redis {
  const connection = new Redis(url, {
    maxRetriesPerRequest,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
    connectionName: "tessera-queue",
  });
  connection.on("error", onError);
  return connection.setMaxListeners(0);
}

async function ready(connection: Redis): Promise<void> {
  try {
    await connection.ping();
  } catch (error) {
    connection.disconnect();
    throw error;
  }
}
