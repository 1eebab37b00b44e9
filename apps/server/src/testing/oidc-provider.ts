import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { newId } from "@tessera/kit/ids";

export interface Identity {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

/** An OpenID Connect provider that signs in whoever it is told to, without asking. */
export interface OidcProvider {
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in next. */
  identity: Identity;
  /** Signs ID tokens with a key that it does not publish. */
  forging: boolean;
  /** Tells who somebody is at the userinfo endpoint alone, as the standard has it for codes. */
  terse: boolean;
  close(): Promise<void>;
}

interface Grant {
  readonly identity: Identity;
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirectUri: string | null;
}

const keyId = "test-key";

function keyPair() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export async function startOidcProvider(): Promise<OidcProvider> {
  const published = keyPair();
  const hidden = keyPair();
  const grants = new Map<string, Grant>();
  const signedIn = new Map<string, Identity>();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => sendJson(response, 500, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider: OidcProvider = {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId: "tessera",
    clientSecret: "oidc-secret",
    identity: { sub: "1", email: "someone@example.com", email_verified: true, name: "Someone" },
    forging: false,
    terse: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function idToken({ identity, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      ...(provider.terse ? { sub: identity.sub } : identity),
      iss: issuer,
      aud: provider.clientId,
      iat: now,
      exp: now + 300,
      nonce,
    };
    const signed = `${part({ alg: "RS256", typ: "JWT", kid: keyId })}.${part(claims)}`;
    const { privateKey } = provider.forging ? hidden : published;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = newId();
    const redirectUri = query.get("redirect_uri");
    grants.set(code, {
      identity: provider.identity,
      nonce: query.get("nonce"),
      challenge: query.get("code_challenge"),
      redirectUri,
    });
    const target = new URL(redirectUri ?? issuer);
    target.searchParams.set("code", code);
    target.searchParams.set("state", query.get("state") ?? "");
    response.writeHead(302, { location: target.href }).end();
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const right =
      grant !== undefined &&
      grant.challenge === challenge &&
      grant.redirectUri === form.get("redirect_uri") &&
      form.get("client_secret") === provider.clientSecret;
    if (!right) return sendJson(response, 400, { error: "invalid_grant" });
    const accessToken = newId();
    signedIn.set(accessToken, grant.identity);
    sendJson(response, 200, {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: 300,
      id_token: idToken(grant),
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    if (url.pathname === "/authorize") return authorize(url.searchParams, response);
    if (url.pathname === "/token") return exchange(request, response);
    if (url.pathname === "/userinfo") {
      const who = signedIn.get(request.headers.authorization?.replace("Bearer ", "") ?? "");
      return who === undefined ? sendJson(response, 401, {}) : sendJson(response, 200, who);
    }
    if (url.pathname === "/jwks") {
      const jwk = published.publicKey.export({ format: "jwk" });
      return sendJson(response, 200, { keys: [{ ...jwk, kid: keyId, alg: "RS256", use: "sig" }] });
    }
    if (url.pathname !== "/.well-known/openid-configuration") return sendJson(response, 404, {});
    return sendJson(response, 200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      userinfo_endpoint: `${issuer}/userinfo`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    });
  }
  return provider;
}
