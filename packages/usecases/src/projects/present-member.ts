import { type Member, Role } from "@tessera/contracts/project";

interface MemberRow {
  readonly userId: string;
  readonly role: string;
  readonly createdAt: Date;
  readonly user: { readonly name: string; readonly email: string };
}

export function presentMember(row: MemberRow): Member {
  return {
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: Role.parse(row.role),
    since: row.createdAt.toISOString(),
  };
}
