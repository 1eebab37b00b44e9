import type { User } from "@tessera/contracts/identity";

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly disabled: boolean;
  readonly createdAt: Date;
}

export function presentUser(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    admin: row.admin,
    disabled: row.disabled,
    createdAt: row.createdAt.toISOString(),
  };
}
