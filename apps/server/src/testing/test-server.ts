import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { createAccessToken } from "@tessera/usecases/identity/create-access-token";
import type { SignInOptions } from "@tessera/usecases/identity/sign-in";
import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import {
  startTestPlatform,
  type TestPlatform,
  type TestPlatformOptions,
} from "@tessera/usecases/testing/test-platform";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { createServer } from "../server.ts";

export interface TestServer extends TestPlatform {
  readonly app: FastifyInstance;
  /** Sends a request; a token goes as Bearer. */
  call(request: TestRequest): Promise<LightMyRequestResponse>;
  /** A token that speaks for a person. */
  tokenOf(person: Context & { actor: UserActor }, project?: string): Promise<string>;
}

interface TestRequest extends Omit<InjectOptions, "method"> {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly token?: string;
}

export const testSecret = "a secret that is only good for tests, 0123456789";

/** The whole server on a database of its own, without a port. Call `close` in `afterAll`. */
export async function startTestServer(
  options: Partial<TestPlatformOptions> & { readonly oidc?: SignInOptions["oidc"] } = {},
): Promise<TestServer> {
  const test = await startTestPlatform({ blobs: createMemoryBlobStore(), ...options });
  const app = createServer({
    platform: test.platform,
    secret: testSecret,
    oidc: options.oidc,
    heartbeatMs: 200,
  });
  await app.ready();
  return {
    ...test,
    app,
    call: ({ token, headers, ...request }) =>
      app.inject({
        ...request,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      }),
    tokenOf: async (person, project) => {
      const input = { name: "test", ...(project === undefined ? {} : { project }) };
      return (await createAccessToken(person, input)).secret;
    },
    close: async () => {
      await app.close();
      await test.close();
    },
  };
}
