import type { Expr } from '../../../promql/ast.js';
import type { Value } from '../../../promql/evaluate/index.js';
import { Evaluator } from '../../../promql/evaluate/evaluator.js';
import type { Labels, LabelSet } from '../../../promql/evaluate/labels.js';
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

function samplesIn({ segments }: TestSeries): number {
  return segments.reduce((sum, each) => sum + (each.kind === 'line' ? each.more + 1 : 0), 0);
}

/** Answers queries over whole series that hold the same labels again and again. */
export class Memory {
  readonly #labels: Labels;
  readonly #sets = new WeakMap<TestSeries['labels'], Map<string, LabelSet>>();

  constructor(labels: Labels) {
    this.#labels = labels;
  }

  #setOf({ metric, labels }: TestSeries): LabelSet {
    const known = this.#sets.get(labels) ?? new Map<string, LabelSet>();
    const found = known.get(metric) ?? this.#labels.of([['__name__', metric], ...labels]);
    this.#sets.set(labels, known.set(metric, found));
    return found;
  }

  /** @param interval seconds between samples */
  over(series: readonly TestSeries[], interval: number): (expr: Expr, at: number) => Value {
    const store = new SeriesStore(this.#labels);
    // One stretch of memory for all: there are dozens of short series, and a thousand times over.
    const room = series.reduce((sum, each) => sum + samplesIn(each), 0);
    const [times, values] = [new Float64Array(room), new Float64Array(room)];
    let next = 0;
    for (const each of series) {
      const first = next;
      let index = 0;
      for (const segment of each.segments) {
        if (segment.kind === 'line') {
          let value = segment.from;
          for (let count = 0; count <= segment.more; count += 1) {
            times[next] = (index + count) * interval * 1000;
            values[next] = value;
            value += segment.step;
            next += 1;
          }
          index += segment.more + 1;
        } else index += segment.kind === 'gap' ? segment.samples : 1;
      }
      store.seriesOf(this.#setOf(each)).hold(times.subarray(first, next), values.subarray(first, next));
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
