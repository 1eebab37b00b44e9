import { createHmac, timingSafeEqual } from "node:crypto";

/** Name, flags and signature of the cookie that carries a session; better-auth uses it too. */
export interface SessionCookie {
  readonly name: string;
  /** A `Set-Cookie` value for a session. */
  write(token: string, expiresAt: Date): string;
  /** The session's token out of a `Cookie` header; undefined when absent or not signed by us. */
  read(header: string | undefined): string | undefined;
}

interface CookieOptions {
  readonly secret: string;
  readonly publicUrl: string;
}

/** Prefix of every cookie of ours: with the port, since cookies are shared between ports. */
export function cookiePrefix(publicUrl: string): string {
  const { port } = new URL(publicUrl);
  return port === "" ? "tessera" : `tessera-${port}`;
}

export function sessionCookie({ secret, publicUrl }: CookieOptions): SessionCookie {
  const secure = publicUrl.startsWith("https:");
  const name = `${secure ? "__Secure-" : ""}${cookiePrefix(publicUrl)}.session_token`;
  const sign = (token: string): string =>
    createHmac("sha256", secret).update(token).digest("base64");
  return {
    name,
    write: (token, expiresAt) => {
      const value = encodeURIComponent(`${token}.${sign(token)}`);
      const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
      return `${name}=${value}; Expires=${expiresAt.toUTCString()}; ${flags}`;
    },
    read: (header) => {
      const value = cookieValue(header, name);
      const dot = value?.lastIndexOf(".") ?? -1;
      if (value === undefined || dot < 1) return undefined;
      const token = value.slice(0, dot);
      return sameText(value.slice(dot + 1), sign(token)) ? token : undefined;
    },
  };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const equals = part.indexOf("=");
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).trim());
    } catch {
      return undefined;
    }
  }
  return undefined;
}
