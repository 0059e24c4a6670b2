import type { Expr } from '../../../promql/ast.js';
import type { Value } from '../../../promql/evaluate/index.js';
import { Evaluator } from '../../../promql/evaluate/evaluator.js';
import { Labels, type LabelSet } from '../../../promql/evaluate/labels.js';
import type { Sample } from '../../../promql/evaluate/sample.js';
import { SeriesStore } from '../../../promql/evaluate/store.js';
import { valueType } from '../../../promql/types.js';
import type { TestSeries } from '../../series.js';

/** Evaluates at one time, each part of an expression once: broken rules share most of theirs with the rule. */
class Remembering extends Evaluator {
  readonly #known = new Map<Expr, readonly Sample[]>();

  override vector(expr: Expr | undefined, at: number): readonly Sample[] {
    if (expr === undefined || at !== this.queriedAt) return super.vector(expr, at);
    const known = this.#known.get(expr);
    if (known !== undefined) return known;
    const found = super.vector(expr, at);
    this.#known.set(expr, found);
    return found;
  }
}

/** Answers queries over whole series that hold the same labels again and again. */
export class Memory {
  readonly #labels = new Labels();
  readonly #sets = new WeakMap<TestSeries['labels'], Map<string, LabelSet>>();

  #setOf({ metric, labels }: TestSeries): LabelSet {
    const known = this.#sets.get(labels) ?? new Map<string, LabelSet>();
    const found = known.get(metric) ?? this.#labels.of([['__name__', metric], ...labels]);
    this.#sets.set(labels, known.set(metric, found));
    return found;
  }

  /** @param interval seconds between samples */
  over(series: readonly TestSeries[], interval: number): (expr: Expr, at: number) => Value {
    const store = new SeriesStore(this.#labels);
    for (const each of series) {
      const made = store.seriesOf(this.#setOf(each));
      let index = 0;
      for (const segment of each.segments) {
        if (segment.kind === 'line') {
          let value = segment.from;
          for (let count = 0; count <= segment.more; count += 1) {
            made.add((index + count) * interval * 1000, value);
            value += segment.step;
          }
          index += segment.more + 1;
        } else index += segment.kind === 'gap' ? segment.samples : 1;
      }
    }
    const evaluators = new Map<number, Evaluator>();
    return (expr, at) => {
      const time = Math.round(at * 1000);
      const evaluator = evaluators.get(time) ?? new Remembering(store, time, { step: interval });
      evaluators.set(time, evaluator);
      return valueType(expr) === 'scalar'
        ? { kind: 'scalar', value: evaluator.scalar(expr, time) }
        : {
            kind: 'vector',
            samples: evaluator.vector(expr, time).map(({ labels, value }) => ({ labels: labels.map, value })),
          };
    };
  }
}
