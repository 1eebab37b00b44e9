import { Role } from "@tessera/contracts/project";
import { newId } from "@tessera/kit/ids";
import { createRunToken } from "@tessera/usecases/identity/run-token";
import type { Context, UserActor } from "@tessera/usecases/platform/platform";
import type { TestServer } from "./test-server.ts";

/** Everybody who may ask: each role of a project, and those who have none in it. */
export const callers = [
  "anonymous",
  ...Role.options,
  "non-member",
  "administrator",
  "token of another project",
  "run token",
] as const;
export type Caller = (typeof callers)[number];

type Person = Context & { actor: UserActor };

export interface Callers {
  readonly people: Readonly<Record<Role | "non-member" | "administrator", Person>>;
  /** Of everybody but the anonymous. */
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  readonly project: { readonly id: string; readonly slug: string };
  /** The job whose token the run token is. */
  readonly jobId: string;
  /** Another project with the same people in the same roles. */
  newProject(): Promise<{ id: string; slug: string }>;
}

/** A project with a person in each role, and a token of everybody. */
export async function inviteCallers(server: TestServer): Promise<Callers> {
  const people = {
    owner: await server.createPerson({ name: "Olga" }),
    contributor: await server.createPerson({ name: "Carl" }),
    launcher: await server.createPerson({ name: "Lena" }),
    viewer: await server.createPerson({ name: "Vera" }),
    "non-member": await server.createPerson({ name: "Nora" }),
    administrator: await server.createPerson({ name: "Anna", admin: true }),
  };
  const newProject = () =>
    server.createProject(Role.options.map((role) => [people[role], role] as const));
  const project = await newProject();
  const elsewhere = await server.createProject([[people.owner, "owner"]]);
  const tokens: Partial<Record<Caller, string>> = {
    "token of another project": await server.tokenOf(people.owner, elsewhere.slug),
  };
  for (const [caller, person] of Object.entries(people)) {
    tokens[caller as Caller] = await server.tokenOf(person);
  }
  const jobId = newId();
  tokens["run token"] = await server.platform.db.prisma.$transaction((tx) =>
    createRunToken(tx, {
      workloadId: jobId,
      projectId: project.id,
      userId: people.contributor.actor.userId,
    }),
  );
  return { people, tokens, project, jobId, newProject };
}
