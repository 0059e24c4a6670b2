import { EvaluationError } from '../../promql/evaluate/error.js';
import type { Sample } from '../../promql/evaluate/sample.js';
import type { SeriesStore } from '../../promql/evaluate/store.js';
import type { RecordingRule } from '../../promql/rule.js';
import { evaluated, Writer, type ServerLimits } from './rule-state.js';

/** A rule that records, over time. */
export class RecordingState {
  readonly rule: RecordingRule;
  readonly #store: SeriesStore;
  readonly #limits: ServerLimits;
  readonly #writer: Writer;

  constructor(rule: RecordingRule, store: SeriesStore, limits: ServerLimits) {
    this.rule = rule;
    this.#store = store;
    this.#limits = limits;
    this.#writer = new Writer(store);
  }

  get name(): string {
    return this.rule.record;
  }

  /** @param time seconds */
  evaluate(time: number): void {
    const { record, labels: added, expr } = this.rule;
    const samples: Sample[] = evaluated(expr, this.#store, time, this.#limits).map(({ labels, value }) => ({
      labels: labels.with([['__name__', record], ...added]),
      value,
    }));
    if (new Set(samples.map(({ labels }) => labels)).size < samples.length)
      throw new EvaluationError('vector contains metrics with the same labelset after applying rule labels');
    this.#writer.write(samples, time);
  }
}
