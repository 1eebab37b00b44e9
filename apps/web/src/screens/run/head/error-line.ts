// oxlint-disable-next-line no-control-regex -- terminal colours begin with the escape character
const colours = /\u001b\[[0-9;:?]*[ -/]*[@-~]/g;

/** A line of a terminal's output as plain text. */
export function withoutColours(text: string): string {
  return text.replaceAll(colours, "");
}

/** An exception with its message, as Python, Java and JavaScript print it. */
const exception =
  /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning)\b(?::\s*\S.*)?$/;
const other = /^(?:error|fatal|panic)\b.*:\s*\S|^Segmentation fault|command not found/i;

/** The line among the last ones that names what went wrong; undefined where none does. */
export function errorLine(lines: readonly string[]): string | undefined {
  const plain = lines.map((line) => line.trim());
  return (
    plain.findLast((line) => exception.test(line)) ?? plain.findLast((line) => other.test(line))
  );
}
