import type { PrometheusAddress } from './address.js';
import { ask, versionOf, type Said } from './ask.js';
import type { Data, PrometheusState } from './data.js';

/** Milliseconds for the question whether there is a Prometheus at all. */
const patience = 5000;
/** Milliseconds after which one that did not answer is asked again. */
const again = 5000;

/** A Prometheus that runs already. It is only read. */
export class LiveData implements Data {
  readonly mode = 'live';
  readonly now = null;
  readonly #address: PrometheusAddress;
  readonly #changed: () => void;
  #state: PrometheusState = { available: true };
  #checkedAt = 0;
  #checking: Promise<void> | undefined;
  #closed = new AbortController();

  /** @param changed called where it comes or goes */
  constructor(address: PrometheusAddress, changed: () => void) {
    this.#address = address;
    this.#changed = changed;
  }

  /** Asks whether it is there. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  state(): PrometheusState {
    if (!this.#state.available && Date.now() - this.#checkedAt > again) void this.check();
    return this.#state;
  }

  ask(target: string, signal: AbortSignal): Promise<Said> {
    return ask(this.#address, target, { signal });
  }

  close(): Promise<void> {
    this.#closed.abort();
    return this.#checking ?? Promise.resolve();
  }

  async #check(): Promise<void> {
    const before = this.#state.available;
    try {
      const version = await versionOf(this.#address, { patience, signal: this.#closed.signal });
      this.#state = { available: true, version };
    } catch (error) {
      this.#state = {
        available: false,
        reason: (error as Error).message,
        help: 'is it running, and is the address right? `obs-gen preview --sample` shows made-up data',
      };
    }
    this.#checkedAt = Date.now();
    if (this.#state.available !== before && !this.#closed.signal.aborted) this.#changed();
  }
}
