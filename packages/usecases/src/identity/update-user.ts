import { PlatformError } from "@tessera/contracts/errors";
import type { UpdateUser, User } from "@tessera/contracts/identity";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { authorizeAccount } from "./authorize.ts";
import { presentUser } from "./present-user.ts";

interface Input {
  readonly id: string;
  readonly changes: UpdateUser;
}

/**
 * Makes or unmakes an administrator, disables or enables an account; a disabled one's sessions
 * end and its tokens stop working at once. One administrator always stays.
 */
export async function updateUser(ctx: Context, { id, changes }: Input): Promise<User> {
  authorizeAccount(ctx, "platform.administer");
  const { admin, disabled } = changes;
  const data = {
    ...(admin === undefined ? {} : { admin }),
    ...(disabled === undefined ? {} : { disabled }),
  };
  return ctx.db.prisma.$transaction(async (tx) => {
    // In order of ids, so that two of these at once neither deadlock nor both take the last one.
    await tx.$queryRaw`SELECT 1 FROM "user" WHERE admin OR id = ${id} ORDER BY id FOR UPDATE`;
    if (!(await tx.user.findUnique({ where: { id } }))) {
      throw new PlatformError("not_found", `There is no account ${id}`);
    }
    const user = await tx.user.update({ where: { id }, data });
    if ((await tx.user.count({ where: { admin: true, disabled: false } })) === 0) {
      throw new PlatformError("failed_precondition", "The last administrator has to stay one");
    }
    if (user.disabled) await tx.session.deleteMany({ where: { userId: id } });
    await recordAudit(ctx, tx, { action: "user.update", subject: id, details: data });
    return presentUser(user);
  });
}
