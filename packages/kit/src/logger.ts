import pino from "pino";

export type Logger = pino.Logger;

/** A JSON logger on standard error; secrets never reach it under these names. */
export function createLogger(name: string, level = "info"): Logger {
  return pino(
    {
      name,
      level,
      redact: [
        "password",
        "token",
        "*.password",
        "*.token",
        "req.headers.authorization",
        "req.headers.cookie",
      ],
    },
    // Written at once: the last lines before an end are the ones that matter.
    pino.destination({ dest: 2, sync: true }),
  );
}
