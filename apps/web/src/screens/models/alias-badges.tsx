import { Badge } from "../../parts/badge.tsx";

/** The names that point to a version. */
export function AliasBadges({ aliases }: { aliases: readonly string[] }) {
  return aliases.map((alias) => (
    <Badge key={alias} tone="accent" mono title={`@${alias}`}>
      @{alias}
    </Badge>
  ));
}
