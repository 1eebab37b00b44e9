import { invalidParameter } from "@tessera/mlflow/errors";
import { decodePageToken } from "@tessera/mlflow/page-token";

/** How many rows came before a page, for lists that are short enough to count. @throws MlflowError */
export function offsetOf(pageToken: string | undefined, search: unknown): number {
  if (pageToken === undefined) return 0;
  const [before] = decodePageToken(pageToken, search, ["number"]);
  const offset = Number(before);
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw invalidParameter("Invalid page token, it was changed on its way");
}
