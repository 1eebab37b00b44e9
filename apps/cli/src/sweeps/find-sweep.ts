import { listSweeps, type Sweep } from "@tessera/contracts/sweep";
import { CliError } from "../cli-error.ts";
import type { Session } from "../session.ts";

/** The newest sweep that a name, an id, or the beginning or end of one, means. */
export async function findSweep(session: Session, text: string, project: string): Promise<Sweep> {
  const isIt = ({ id, name }: Sweep): boolean =>
    name === text || (text.length >= 4 && (id.startsWith(text) || id.endsWith(text)));
  let pageToken: string | undefined;
  do {
    const query = { limit: 100, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = await session.client.call(listSweeps, { params: { project }, query });
    const found = page.items.find(isIt);
    if (found) return found;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  throw new CliError(`There is no sweep ${text}; \`tessera sweeps\` lists them`);
}
