"use client";

import { type AccessToken, listAccessTokens, revokeAccessToken } from "@tessera/contracts/identity";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { useAction } from "../../data/use-action.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RelativeTime } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { Section } from "./section.tsx";

/** Personal access tokens: for the command line, CI and MLflow clients. */
export function TokensSection() {
  const tokens = useEndpoint(listAccessTokens, {});
  const [creating, setCreating] = useState(false);
  return (
    <Section
      title="Access tokens"
      note="For the command line, CI pipelines and MLflow clients: as a Bearer token, or as the Basic password."
      action={
        <Button variant="primary" icon={<KeyRound aria-hidden />} onClick={() => setCreating(true)}>
          New token
        </Button>
      }
    >
      {tokens.isPending ? <SkeletonRows rows={3} /> : null}
      {tokens.isError ? (
        <ErrorPanel
          {...errorWords(tokens.error, "Could not load your tokens")}
          onRetry={() => void tokens.refetch()}
        />
      ) : null}
      {tokens.data?.items.length === 0 ? (
        <EmptyState title="No tokens yet" command={`tessera login ${origin()}`}>
          Make one, then keep it with the command line:
        </EmptyState>
      ) : null}
      {tokens.data !== undefined && tokens.data.items.length > 0 ? (
        <TokenTable tokens={tokens.data.items} />
      ) : null}
      <CreateTokenDialog open={creating} onOpenChange={setCreating} />
    </Section>
  );
}

function origin(): string {
  return typeof window === "undefined" ? "" : window.location.origin;
}

function TokenTable({ tokens }: { tokens: readonly AccessToken[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader>Begins with</TableHeader>
          <TableHeader>Good for</TableHeader>
          <TableHeader>Last used</TableHeader>
          <TableHeader>Expires</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </TableBody>
    </Table>
  );
}

function When({ at, never }: { at: string | null; never: string }) {
  return at === null ? <span className="text-ink-3">{never}</span> : <RelativeTime time={at} />;
}

function TokenRow({ token }: { token: AccessToken }) {
  const revoke = useAction({
    run: () => client.call(revokeAccessToken, { params: { id: token.id } }),
    failure: "Could not revoke the token",
    stale: [listAccessTokens],
  });
  return (
    <TableRow>
      <TableCell className="max-w-60 truncate font-medium">{token.name}</TableCell>
      <TableCell className="font-mono">{token.prefix}…</TableCell>
      <TableCell>{token.project ?? "all your projects"}</TableCell>
      <TableCell>
        <When at={token.lastUsedAt} never="never" />
      </TableCell>
      <TableCell>
        <When at={token.expiresAt} never="never" />
      </TableCell>
      <TableCell className="text-right">
        <Button size="sm" busy={revoke.busy} onClick={() => revoke.run(undefined)}>
          Revoke
        </Button>
      </TableCell>
    </TableRow>
  );
}
