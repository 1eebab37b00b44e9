/** Names the socket at which test files ask for a database; set for all of vitest's workers. */
const socketVariable = "TESSERA_TEST_DATABASE_SOCKET";

export const testEnv = {
  /** A server to use instead of an embedded one: its role must be able to create databases. */
  serverUrl: (): string | undefined => process.env["TESSERA_TEST_DATABASE_URL"],

  socket: (): string | undefined => process.env[socketVariable],

  announceSocket: (socket: string | undefined): void => {
    if (socket === undefined) delete process.env[socketVariable];
    else process.env[socketVariable] = socket;
  },
} as const;
