"use client";

import Link from "next/link";
import { useMe } from "../../data/use-me.ts";
import { AccountFrame } from "../../frame/account-frame.tsx";
import { PeopleSection } from "./people-section.tsx";
import { Section } from "./section.tsx";
import { TokensSection } from "./tokens-section.tsx";

/** What belongs to a person: profile, tokens; people for administrators. */
export function SettingsPage() {
  const { me } = useMe();
  return (
    <AccountFrame title="Settings">
      {me === undefined ? null : (
        <>
          <Section title="Profile">
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
              <dt className="text-ink-2">Name</dt>
              <dd>{me.user.name}</dd>
              <dt className="text-ink-2">E-mail</dt>
              <dd>{me.user.email}</dd>
              {me.homeProject === null ? null : (
                <>
                  <dt className="text-ink-2">Own project</dt>
                  <dd>
                    <Link className="text-accent hover:underline" href={`/p/${me.homeProject}`}>
                      {me.homeProject}
                    </Link>
                  </dd>
                </>
              )}
            </dl>
          </Section>
          <TokensSection />
          {me.user.admin ? <PeopleSection /> : null}
        </>
      )}
    </AccountFrame>
  );
}
