import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** What the command line reads of its environment. */
export interface CliEnv {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly project: string | undefined;
  /** The home of a platform on this machine. */
  readonly home: string;
  /** File in which `login` keeps its address and token. */
  readonly credentialsFile: string;
  readonly port: string | undefined;
  readonly host: string | undefined;
  /** For the processes that `up` starts. */
  readonly all: Readonly<Record<string, string | undefined>>;
}

export function readCliEnv(source: Record<string, string | undefined> = process.env): CliEnv {
  const present = (name: string): string | undefined => source[name] || undefined;
  const config = present("XDG_CONFIG_HOME") ?? join(homedir(), ".config");
  return {
    url: present("TESSERA_URL"),
    token: present("TESSERA_TOKEN")?.trim(),
    project: present("TESSERA_PROJECT"),
    home: resolve(present("TESSERA_HOME") ?? join(homedir(), ".tessera")),
    credentialsFile: join(config, "tessera", "credentials.json"),
    port: present("PORT"),
    host: present("HOST"),
    all: source,
  };
}
