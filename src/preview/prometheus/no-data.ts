import { NoAnswer, type Said } from './ask.js';
import type { Data, PrometheusState } from './data.js';
import type { Unavailable } from './find.js';

/** Nobody who could evaluate a query. */
export class NoData implements Data {
  readonly mode = 'none';
  readonly now: number;
  readonly #unavailable: Unavailable;

  constructor(unavailable: Unavailable, now: number) {
    this.#unavailable = unavailable;
    this.now = now;
  }

  state(): PrometheusState {
    return { available: false, ...this.#unavailable };
  }

  ask(): Promise<Said> {
    return Promise.reject(new NoAnswer('unavailable', this.#unavailable.reason));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
