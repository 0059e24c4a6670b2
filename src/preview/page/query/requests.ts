/** Lets a few tasks run at once and the others wait; those given up while they wait never start. */
export class Queue {
  readonly #most: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#running >= this.#most)
      await new Promise<void>((start) => {
        this.#waiting.push(start);
      });
    else this.#running += 1;
    // Whoever was woken has the place of the one that woke it.
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
