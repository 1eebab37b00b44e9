/** Collects the values of a query and gives their placeholders. */
export class SqlParameters {
  readonly values: unknown[] = [];

  readonly add = (value: unknown): string => {
    this.values.push(value);
    return `$${this.values.length}`;
  };
}
