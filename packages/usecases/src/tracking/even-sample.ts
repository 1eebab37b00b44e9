/**
 * Keeps at most so many of the items that it is given, evenly spread, among them the first and the
 * last (of one, the last). Its memory does not grow with what it is given.
 */
export class EvenSample<Item> {
  readonly #most: number;
  #kept: Item[] = [];
  #stride = 1;
  #count = 0;
  #last: Item | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    if (this.#count % this.#stride === 0) this.#keep(item);
    this.#last = item;
    this.#count += 1;
  }

  items(): Item[] {
    if (this.#last === undefined) return [];
    const complete = this.#kept.at(-1) === this.#last;
    return complete ? [...this.#kept] : [...this.#kept.slice(0, this.#most - 1), this.#last];
  }

  #keep(item: Item): void {
    if (this.#kept.length < this.#most) {
      this.#kept.push(item);
      return;
    }
    // Every second one goes, so that what is left is as even at twice the distance.
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
    if (this.#count % this.#stride === 0) this.#kept.push(item);
  }
}
