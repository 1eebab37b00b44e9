import { ApiError, UnreachableError } from "@tessera/client/api-error";
import { Problem } from "@tessera/contracts/errors";

async function post(path: string, body: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new UnreachableError("", "Could not reach the platform", error);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const problem = Problem.safeParse(answer);
  if (problem.success) throw new ApiError(problem.data);
  throw new Error("The platform's answer was not understood");
}

/** Signs in by e-mail and password; throws ApiError with words for the person. */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  await post("sign-in/email", { email, password });
}

/** Goes to an identity provider, which sends the person back to `callbackURL`. */
export async function signInWithProvider(providerId: string, callbackURL: string): Promise<void> {
  const answer = (await post("sign-in/oauth2", { providerId, callbackURL })) as { url?: string };
  if (answer.url !== undefined) window.location.assign(answer.url);
}

/** A path on this origin to go to after signing in; anything else means the start. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}
