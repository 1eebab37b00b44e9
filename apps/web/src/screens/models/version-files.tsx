"use client";

import { getModelFile, listModelFiles, type ModelVersion } from "@tessera/contracts/model";
import { client } from "../../data/client.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Bytes } from "../../parts/figures.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";

/** The files that a version is made of, each to be downloaded. */
export function VersionFiles({ project, version }: { project: string; version: ModelVersion }) {
  const params = { project, name: version.model, version: version.version };
  const files = useEndpoint(listModelFiles, { params });
  const items = files.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Files" className="flex flex-col gap-3">
      <h3 className="text-base font-semibold">Files</h3>
      <Table>
        <TableHead>
          <tr>
            <TableHeader>Path</TableHeader>
            <TableHeader numeric>Size</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {items.map(({ path, sizeBytes }) => (
            <TableRow key={path}>
              <TableCell>
                <a
                  href={client.urlOf(getModelFile, { params, query: { path } })}
                  download
                  className="rounded-xs font-mono text-xs underline decoration-line-strong underline-offset-3 [overflow-wrap:anywhere] hover:decoration-current"
                >
                  {path}
                </a>
              </TableCell>
              <TableCell numeric>
                {sizeBytes === null ? null : <Bytes value={sizeBytes} />}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
