import { randomBytes, randomFillSync } from "node:crypto";

const bytes = Buffer.alloc(16);

/** A UUIDv7 (RFC 9562) as 32 lower-case hex characters: unique, and sorted by creation time. */
export function newId(now: number = Date.now()): string {
  randomFillSync(bytes, 6);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex");
}

/** 256 bits of randomness as URL-safe text, for tokens and one-time links. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
