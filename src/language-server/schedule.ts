/** How long a burst of keystrokes is waited for, and how long at most. */
const quietMs = 8;
const latestMs = 40;
/** How long nothing has to change before dashboards are built. */
const restMs = 350;

/** When to look at specs: soon after a keystroke, once for a burst of them; thoroughly when the typing rests. */
export class Schedule {
  readonly #quick: () => void;
  readonly #thorough: () => Promise<void>;
  #soon: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  #first: number | undefined;

  /**
   * @param quick must not take long, for nothing else happens meanwhile
   * @param thorough gives others their turn
   */
  constructor(quick: () => void, thorough: () => Promise<void>) {
    this.#quick = quick;
    this.#thorough = thorough;
  }

  /** Something changed. */
  changed(): void {
    const now = performance.now();
    this.#first ??= now;
    clearTimeout(this.#soon);
    clearTimeout(this.#later);
    this.#soon = setTimeout(
      () => {
        this.#first = undefined;
        this.#quick();
        this.#later = setTimeout(() => void this.#thorough(), restMs);
      },
      Math.max(0, Math.min(quietMs, this.#first + latestMs - now)),
    );
  }

  stop(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#later);
  }
}
