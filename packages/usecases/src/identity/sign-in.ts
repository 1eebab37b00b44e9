import { prismaAdapter } from "better-auth/adapters/prisma";
import { type BetterAuthOptions, betterAuth } from "better-auth/minimal";
import { APIError } from "better-auth/api";
import { genericOAuth } from "better-auth/plugins";
import type { Context, Platform } from "../platform/platform.ts";
import { newId } from "@tessera/kit/ids";
import { recordAudit } from "../platform/record-audit.ts";
import { attemptWindowSeconds } from "./count-attempt.ts";
import { insertPersonalProject } from "./insert-personal-project.ts";
import { cookiePrefix, type SessionCookie, sessionCookie } from "./session-cookie.ts";
import { sessionRefreshSeconds, sessionSeconds } from "./session-life.ts";

/** An OpenID Connect provider, found by its discovery document. */
export interface OidcSettings {
  readonly name: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

export interface SignInOptions {
  /** Signs cookies. */
  readonly secret: string;
  readonly oidc: OidcSettings | undefined;
  /** Origins besides the public one from which a browser may call, for this request. */
  readonly ownOrigins: (request: Request | undefined) => string[];
}

export interface SignIn {
  readonly cookie: SessionCookie;
  /** Answers below /api/auth: signing in by password or OpenID Connect, and out. */
  handle(request: Request): Promise<Response>;
}

/** Id of the one OpenID Connect provider, as it appears in its callback's address. */
export const oidcProviderId = "oidc";

/** Header in which `handle` expects the caller's address; whoever calls it sets it. */
export const clientAddressHeader = "x-tessera-client-address";

const authPath = "/api/auth";

/** What better-auth offers and we let through; the rest of it answers 404. */
const openPaths = [
  "/sign-in/email",
  "/sign-in/social",
  "/sign-out",
  "/get-session",
  "/change-password",
  `/callback/${oidcProviderId}`,
  "/error",
];

/** Signing in and out, with sessions in the platform's database. */
export function createSignIn(platform: Platform, options: SignInOptions): SignIn {
  const auth = betterAuth(authOptions(platform, options));
  return {
    cookie: sessionCookie({ secret: options.secret, publicUrl: platform.settings.publicUrl }),
    handle: async (request) => {
      const path = new URL(request.url).pathname.slice(authPath.length);
      if (!openPaths.includes(path)) return new Response(null, { status: 404 });
      return auth.handler(request);
    },
  };
}

function authOptions(platform: Platform, options: SignInOptions): BetterAuthOptions {
  const { publicUrl } = platform.settings;
  return {
    appName: "Tessera",
    baseURL: publicUrl,
    basePath: authPath,
    secret: options.secret,
    database: prismaAdapter(platform.db.prisma, { provider: "postgresql", transaction: true }),
    trustedOrigins: (request) => [new URL(publicUrl).origin, ...options.ownOrigins(request)],
    emailAndPassword: {
      enabled: true,
      // Accounts come from an administrator, a one-time link or an identity provider.
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
    },
    session: { expiresIn: sessionSeconds, updateAge: sessionRefreshSeconds },
    account: { accountLinking: { enabled: true, requireLocalEmailVerified: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/sign-in/social": { window: 60, max: 60 },
        // Nothing is counted under this name: counts are kept for the longest window of all, and
        // those of accounts are to last.
        "/account": { window: attemptWindowSeconds, max: 1 },
        "/change-password": { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: cookiePrefix(publicUrl),
      // Said, since their defaults depend on NODE_ENV.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      useSecureCookies: publicUrl.startsWith("https:"),
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    // Where the dashboard says what went wrong at an identity provider.
    // Its refusals are answers; what else goes wrong is thrown for us to answer and to log.
    onAPIError: { errorURL: `${publicUrl}/sign-in`, throw: true },
    telemetry: { enabled: false },
    logger: authLogger(platform),
    databaseHooks: databaseHooks(platform),
    plugins: options.oidc === undefined ? [] : [oidcPlugin(options.oidc)],
  };
}

function oidcPlugin(oidc: OidcSettings) {
  return genericOAuth({
    config: [
      {
        providerId: oidcProviderId,
        name: oidc.name,
        discoveryUrl: oidc.discoveryUrl,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        scopes: ["openid", "email", "profile"],
        requireIdTokenVerification: true,
        mapProfileToUser: (profile) => ({ name: profile.name ?? profile.email ?? "" }),
      },
    ],
  });
}

/** Nobody with a disabled account gets a session, and everybody who gets one has a project. */
function databaseHooks(platform: Platform): BetterAuthOptions["databaseHooks"] {
  const ctx: Context = { ...platform, actor: { kind: "system", name: "sign-in" } };
  return {
    session: {
      create: {
        before: async (session) => {
          const user = await platform.db.prisma.user.findUnique({ where: { id: session.userId } });
          if (user?.disabled === true) {
            throw new APIError("FORBIDDEN", { message: "This account is disabled" });
          }
        },
        after: async (session) => {
          await platform.db.prisma.$transaction(async (tx) => {
            const user = await tx.user.findUnique({ where: { id: session.userId } });
            if (!user) return;
            await insertPersonalProject(ctx, tx, user);
            const actor = { kind: "system", name: user.name } as const;
            await recordAudit({ ...ctx, actor }, tx, {
              action: "session.create",
              subject: user.id,
            });
          });
        },
      },
    },
  };
}

function authLogger({ log }: Platform): BetterAuthOptions["logger"] {
  return {
    level: "warn",
    log: (level, message, ...details) => {
      const cause = details.find((detail) => detail instanceof Error);
      if (level === "error") log.error({ err: cause }, `sign-in: ${message}`);
      else log.warn({ err: cause }, `sign-in: ${message}`);
    },
  };
}
