/**
 * Work that mostly waits, on several items at a time. It begins when a test asks for the first of them, and each test
 * sees the outcome of its own.
 */
export class Lanes<Item, Outcome> {
  readonly #outcomes = new Map<Item, Promise<Outcome>>();

  /** @param count how many are worked on at a time */
  constructor(
    private readonly count: number,
    private readonly items: readonly Item[],
    private readonly work: (item: Item) => Promise<Outcome>,
  ) {}

  /** @throws what the work on it threw */
  of(item: Item): Promise<Outcome> {
    if (this.#outcomes.size === 0) this.#begin();
    return this.#outcomes.get(item) ?? this.#start(item, Promise.resolve());
  }

  #begin(): void {
    const lanes = Array.from({ length: this.count }, () => Promise.resolve());
    this.items.forEach((item, index) => {
      const lane = index % this.count;
      const outcome = this.#start(item, lanes[lane] ?? Promise.resolve());
      lanes[lane] = outcome.then(
        () => undefined,
        () => undefined,
      );
    });
  }

  #start(item: Item, after: Promise<void>): Promise<Outcome> {
    const outcome = after.then(() => this.work(item));
    // It is handled by the test that asks for it, which may come later.
    outcome.catch(() => undefined);
    this.#outcomes.set(item, outcome);
    return outcome;
  }
}
