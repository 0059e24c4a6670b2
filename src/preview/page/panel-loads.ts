import type { Context } from './parts/context.js';
import type { PanelFrame } from './parts/panel-frame.js';

/** Loads the panels of a dashboard when they come into sight, each once in a round. */
export class PanelLoads {
  #context: Context | undefined;
  #frames: readonly PanelFrame[] = [];
  /** Panels that were asked for in this round. */
  readonly #asked = new Set<PanelFrame>();
  readonly #running = new Set<Promise<void>>();
  readonly #sight = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const frame = this.#frames.find(({ element }) => element === target);
        if (isIntersecting && frame !== undefined) void this.show(frame);
      }
    },
    { rootMargin: '300px' },
  );

  /** Another dashboard: nothing of it was asked for. */
  start(frames: readonly PanelFrame[]): void {
    this.#sight.disconnect();
    this.#asked.clear();
    this.#frames = frames;
    this.#context = undefined;
  }

  /** Loads those that were there before, or all of them, and from then on those that come into sight. */
  async round(context: Context, all: boolean): Promise<void> {
    const before = all ? this.#frames : [...this.#asked];
    this.#context = context;
    this.#asked.clear();
    this.#sight.disconnect();
    await Promise.all(before.map((frame) => this.show(frame)));
    if (context.signal.aborted) return;
    for (const frame of this.#frames) this.#sight.observe(frame.element);
  }

  /** One in a closed row waits until the row is opened. */
  show(frame: PanelFrame): Promise<void> {
    const context = this.#context;
    if (context === undefined || this.#asked.has(frame) || frame.element.offsetParent === null)
      return Promise.resolve();
    this.#asked.add(frame);
    const load = frame.load(context).finally(() => this.#running.delete(load));
    this.#running.add(load);
    return load;
  }

  /** Resolves when all that is in sight is loaded. */
  async idle(): Promise<void> {
    // What is in sight is found out after the next picture.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 50)));
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
