import { cn } from "./class-names.ts";

/** The two parts of a long name: what may be cut, and the end that tells it from its siblings. */
export function splitName(name: string, tail = 12): [head: string, tail: string] {
  const slash = name.lastIndexOf("/", name.length - 2);
  const cut = slash > 0 && name.length - slash <= 24 ? slash : name.length - tail;
  return cut < shortestHead ? ["", name] : [name.slice(0, cut), name.slice(cut)];
}

/** A head of fewer characters than the mark of a cut takes is not worth cutting. */
const shortestHead = 4;

/** A name that loses its middle, not its end: "validation/epo…/accuracy". Whole on hover. */
export function MiddleTruncate({
  text,
  className,
}: {
  text: string;
  className?: string | undefined;
}) {
  const [head, tail] = splitName(text);
  return (
    <span title={text} className={cn("flex min-w-0 whitespace-pre", className)}>
      {head ? <span className="min-w-[2.2ch] shrink truncate">{head}</span> : null}
      <span className={cn("truncate", head ? "max-w-[calc(100%-2.2ch)] shrink-0" : "min-w-0")}>
        {tail}
      </span>
    </span>
  );
}
