import type { Expr } from '../ast.js';
import { valueType } from '../types.js';
import { EvaluationError } from './error.js';
import { Evaluator, type EvaluationOptions } from './evaluator.js';
import type { SeriesStore } from './store.js';

export { EvaluationError, type EvaluationOptions };
export { SeriesStore } from './store.js';

/** What an expression yields at a time. */
export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | {
      readonly kind: 'vector';
      readonly samples: readonly {
        /** With the metric's name as __name__, where it is kept. */
        readonly labels: ReadonlyMap<string, string>;
        readonly value: number;
      }[];
    };

/**
 * Evaluates an expression over series in memory as Prometheus 2.42 does, to the last bit; logarithms, powers of fractions and angles may
 * differ in that bit, as they do between processors. The order of a result is that in which the series came to be.
 * @param at seconds
 * @throws EvaluationError where Prometheus would refuse to evaluate it, or it asks for what is not evaluated here: native histograms,
 * functions that are newer than 2.42, variables that are not filled in
 */
export function evaluate(expr: Expr, store: SeriesStore, at: number, options: EvaluationOptions = {}): Value {
  const time = Math.round(at * 1000);
  const evaluator = new Evaluator(store, time, options);
  switch (valueType(expr)) {
    case 'scalar':
      return { kind: 'scalar', value: evaluator.scalar(expr, time) };
    case 'instant':
      return {
        kind: 'vector',
        samples: evaluator.vector(expr, time).map(({ labels, value }) => ({ labels: labels.map, value })),
      };
    case 'range':
    case 'string':
      throw new EvaluationError('the result is neither a vector nor a number');
  }
}
