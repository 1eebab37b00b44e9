import { sha256 } from "@tessera/kit/hash";
import { newSecret } from "@tessera/kit/ids";

/** "personal" tokens belong to a person, "run" tokens to one attempt of a job. */
export type TokenKind = "personal" | "run";

const prefixes = { personal: "tsr_", run: "tsj_" } as const satisfies Record<TokenKind, string>;

export interface AccessSecret {
  readonly secret: string;
  /** What is kept of it. */
  readonly hash: string;
  /** Enough of it to tell tokens apart. */
  readonly prefix: string;
}

/** A new secret whose form tells people and secret scanners what it is. */
export function newAccessSecret(kind: TokenKind): AccessSecret {
  const secret = `${prefixes[kind]}${newSecret()}`;
  return { secret, hash: sha256(secret), prefix: secret.slice(0, 8) };
}

/** What is kept of a secret that somebody else made; shown to people, so little of it. */
export function accessSecretOf(secret: string): AccessSecret {
  return { secret, hash: sha256(secret), prefix: secret.slice(0, 4) };
}
