import { delimiter, join } from "node:path";
import type { Launch } from "@tessera/usecases/jobs/prepare-launch";

/** What a command gets of the worker's own environment; nothing that may hold a secret. */
const inherited = [
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TMPDIR",
  "LD_LIBRARY_PATH",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
] as const;

interface Places {
  /** The virtual environment's folder, if the job has an environment. */
  readonly virtualEnvironment: string | null;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
}

/** The whole environment of a job's command: the host's plain settings, ours, the submitter's. */
export function jobEnvironment(launch: Launch, places: Places): Record<string, string> {
  const { hostEnv, virtualEnvironment } = places;
  const plain = inherited.flatMap((name) => {
    const value = hostEnv[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const path = hostEnv["PATH"] ?? "/usr/local/bin:/usr/bin:/bin";
  const threads = String(Math.max(1, Math.ceil(launch.cpus)));
  return {
    ...Object.fromEntries(plain),
    PYTHONUNBUFFERED: "1",
    OMP_NUM_THREADS: threads,
    MKL_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: threads,
    ...launch.env,
    PATH:
      virtualEnvironment === null ? path : [join(virtualEnvironment, "bin"), path].join(delimiter),
    ...(virtualEnvironment === null ? {} : { VIRTUAL_ENV: virtualEnvironment }),
  };
}
