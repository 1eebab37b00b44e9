import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";
import { insertProject } from "../projects/insert-project.ts";
import { slugOf } from "../projects/slug-of.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Gives a person a project of their own unless they have one. Its slug is the part of the e-mail
 * address before the "@", with a number when that is taken.
 */
export async function insertPersonalProject(
  ctx: Context,
  tx: Transaction,
  person: Person,
): Promise<void> {
  // Two sign-ins at once must not both find that there is none.
  await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${person.id} FOR UPDATE`;
  if (await tx.project.findUnique({ where: { ownerId: person.id } })) return;
  const slug = await freeSlug(tx, slugOf(person.email.split("@")[0] ?? person.name));
  await insertProject(ctx, tx, {
    id: newId(),
    slug,
    name: person.name,
    description: "",
    firstOwner: person.id,
    personal: true,
  });
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  const stem = wanted.slice(0, 50).replace(/-+$/, "");
  const taken = await tx.project.findMany({
    where: { OR: [{ slug: wanted }, { slug: { startsWith: `${stem}-` } }] },
    select: { slug: true },
  });
  const slugs = new Set(taken.map(({ slug }) => slug));
  if (!slugs.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    if (!slugs.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
