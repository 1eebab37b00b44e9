/** Does a piece of work for each item, so many at once; after a failure no more are begun. */
export async function atOnce<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const next = items[Symbol.iterator]();
  let failed = false;
  async function go(): Promise<void> {
    for (let item = next.next(); !failed && item.done !== true; item = next.next()) {
      try {
        await work(item.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: width }, go));
}
