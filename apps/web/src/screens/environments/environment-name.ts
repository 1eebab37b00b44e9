const pattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const longest = 60;

/** What is wrong with the name of a new environment; undefined when nothing is. */
export function faultOfName(name: string, taken: readonly string[]): string | undefined {
  if (name === "") return "An environment needs a name";
  if (name.length > longest) return `A name has at most ${longest} characters`;
  if (!pattern.test(name)) {
    return "Lower-case letters, digits and dashes; it neither starts nor ends with a dash";
  }
  return taken.includes(name)
    ? `There is an environment ${name} already: edit that one`
    : undefined;
}
