import type { Expr } from '../../promql/ast.js';
import { Evaluator, type EvaluationOptions } from '../../promql/evaluate/evaluator.js';
import type { LabelSet } from '../../promql/evaluate/labels.js';
import type { Sample } from '../../promql/evaluate/sample.js';
import type { SeriesStore } from '../../promql/evaluate/store.js';
import { valueType } from '../../promql/types.js';

/** What the server's engine is set to. */
export type ServerLimits = Required<Pick<EvaluationOptions, 'step' | 'maxSamples'>>;

/** What a rule's expression yields at a time in seconds; a number is a sample without labels. */
export function evaluated(
  expr: Expr,
  store: SeriesStore,
  time: number,
  limits: ServerLimits,
): readonly Sample[] {
  const at = Math.round(time * 1000);
  const evaluator = new Evaluator(store, at, limits);
  return valueType(expr) === 'scalar'
    ? [{ labels: store.labels.none, value: evaluator.scalar(expr, at) }]
    : evaluator.vector(expr, at);
}

/** Writes what a rule made, and ends the series that it made at its last evaluation and no longer makes. */
export class Writer {
  readonly store: SeriesStore;
  #previous: ReadonlySet<LabelSet> = new Set();

  constructor(store: SeriesStore) {
    this.store = store;
  }

  write(samples: readonly Sample[], time: number): void {
    const at = Math.round(time * 1000);
    const written = new Set<LabelSet>();
    for (const { labels, value } of samples) {
      this.store.appendTo(labels, at, value);
      written.add(labels);
    }
    for (const labels of this.#previous) {
      if (!written.has(labels)) this.store.markStaleAt(labels, at);
    }
    this.#previous = written;
  }
}
