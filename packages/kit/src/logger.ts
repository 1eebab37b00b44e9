import pino from "pino";

export type Logger = pino.Logger;

const standardError = 2;
/** Lines that wait, in bytes: what a full disk does not take is dropped past this. */
const mostWaiting = 4 * 1024 * 1024;

/**
 * A JSON logger on standard error, or on another file descriptor; secrets never reach it under
 * these names. A log that cannot be written loses lines; it does not end the process.
 */
export function createLogger(name: string, level = "info", fd = standardError): Logger {
  const destination = pino.destination({ dest: fd, maxLength: mostWaiting, sync: false });
  destination.on("error", () => undefined);
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
    destination,
  );
}
