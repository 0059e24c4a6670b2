import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duration, Expr } from '../../../src/promql/ast.js';
import { evaluate, EvaluationError, SeriesStore } from '../../../src/promql/evaluate/index.js';
import { transform } from '../../../src/promql/walk.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { expressions } from '../arbitrary.js';
import { byHand } from './by-hand.js';
import { askOurs, askPromtool, difference, pace, storeOf, type Question } from './oracle.js';
import { worldSeries } from './series.js';
import '../../support/seed.js';
import { pace as machinePace } from '../../support/pace.js';

const times = [0, 30, 315, 1_000.5, 1_215, 1_800, 2_525, 3_599, 3_600, 3_900, 4_200];

function questions(texts: readonly string[]): readonly Question[] {
  return texts.flatMap((text) => {
    const { expr, errors } = parsePromql(text);
    if (expr === undefined) throw new Error(`${text}: ${errors.map(({ message }) => message).join()}`);
    return times.map((at) => ({ expr, at }));
  });
}

describeWithPromtool('evaluation', () => {
  it('agrees with promtool to the last bit', () => {
    const asked = questions(byHand);
    const store = storeOf(worldSeries, 4_200);
    const theirs = askPromtool({ ...pace, series: worldSeries }, asked);
    const wrong = asked.flatMap((question, index) => {
      const found = difference(question, askOurs(store, question), theirs[index] ?? 'refused', 0);
      return found === undefined ? [] : [found];
    });
    expect(wrong).toEqual([]);
    expect(theirs.filter((answer) => answer !== 'refused' && answer.size > 0).length).toBeGreaterThan(1000);
  });

  it('agrees with promtool on expressions that chance makes', () => {
    const samples = fc.sample(
      fc
        .tuple(expressions('plain'), fc.constantFrom(...times))
        .map(([expr, at]) => ({ expr: tamed(expr), at })),
      { numRuns: 1_500, seed: 1 },
    );
    const store = storeOf(worldSeries, 4_200);
    const theirs = askPromtool({ ...pace, series: worldSeries }, samples);
    const wrong = samples.flatMap((question, index) => {
      const found = difference(question, askOurs(store, question), theirs[index] ?? 'refused', 1e-9);
      return found === undefined ? [] : [found];
    });
    expect(wrong).toEqual([]);
    const filled = theirs.filter((answer) => answer !== 'refused' && answer.size > 0);
    expect(filled.length).toBeGreaterThan(400);
  });
});

/** Functions whose results depend on the order of series that are equal, or that differ between processors. */
const loose = new Set(
  'acos acosh asin asinh atan atanh cos cosh exp ln log10 log2 sin sinh tan tanh sort sort_desc'.split(' '),
);
const metrics = ['m0', 'm1', 'm2', 'm3'];

function shortened(duration: Duration, most: number): Duration {
  if (duration.kind === 'variable') return duration;
  const size = Math.max(30, Math.abs(duration.seconds) % most);
  const seconds = Math.round(size * 1000) / 1000;
  return { kind: 'duration', seconds: duration.seconds < 0 ? -seconds : seconds };
}

/** The same expression over series that exist, within the hour that they last. */
function tamed(expr: Expr): Expr {
  return transform(expr, (each): Expr => {
    switch (each.kind) {
      case 'selector':
        return {
          kind: 'selector',
          metric: metrics[(each.metric?.length ?? 0) % metrics.length],
          matchers: [],
          ...(each.range && { range: shortened(each.range, 1_800) }),
          ...(each.offset && { offset: shortened(each.offset, 600) }),
          ...(each.evaluatedAt && {
            evaluatedAt:
              'timestamp' in each.evaluatedAt
                ? { timestamp: each.evaluatedAt.timestamp % 4_000 }
                : each.evaluatedAt,
          }),
        };
      case 'subquery': {
        return {
          ...each,
          evaluatedAt: undefined,
          range: shortened(each.range, 900),
          step: { kind: 'duration', seconds: 60 },
          ...(each.offset && { offset: shortened(each.offset, 600) }),
        };
      }
      case 'call':
        // What native histograms are for is refused here, and yields nothing there.
        if (loose.has(each.func) || /^histogram_(?:count|sum|fraction)$/.test(each.func))
          return { ...each, func: 'abs', args: each.args.slice(-1) };
        return each;
      case 'aggregation':
        return each.op === 'topk' || each.op === 'bottomk'
          ? { kind: 'aggregation', op: 'sum', expr: each.expr, grouping: each.grouping }
          : each;
      case 'binary':
        return each.op === '^' || each.op === 'atan2' ? { ...each, op: '*' } : each;
      default:
        return each;
    }
  });
}

describe('evaluation in memory', () => {
  const sumOf = (text: string): Expr => {
    const { expr } = parsePromql(text);
    if (expr === undefined) throw new Error(text);
    return expr;
  };

  it('adds up thirty days at every minute of a day in well under a second', () => {
    const store = new SeriesStore();
    const labels = new Map([['__name__', 'x']]);
    for (let index = 0; index < 10_000; index += 1) store.append(labels, index * 300, index % 7);
    const expr = sumOf('sum_over_time(x[30d])');
    const started = performance.now();
    for (let step = 0; step < 1_440; step += 1) evaluate(expr, store, 2_592_000 + step * 60);
    expect(performance.now() - started).toBeLessThan(1000 * machinePace());
  });

  it('leaves the start of a range out where it is told to, as Prometheus 3 does', () => {
    const store = new SeriesStore();
    for (let index = 0; index <= 10; index += 1) store.append(new Map([['__name__', 'x']]), index * 60, 1);
    const count = (leftOpen: boolean): unknown => {
      const value = evaluate(sumOf('count_over_time(x[5m])'), store, 600, { leftOpen });
      return value.kind === 'vector' ? value.samples.map((sample) => sample.value) : value;
    };
    expect([count(false), count(true)]).toEqual([[6], [5]]);
  });

  it('says what it does not evaluate', () => {
    const store = new SeriesStore();
    expect(() => evaluate(sumOf('histogram_sum(x)'), store, 0)).toThrow('native histograms');
    expect(() => evaluate(sumOf('rate(x[$window])'), store, 0)).toThrow(EvaluationError);
    expect(() => {
      store.append(new Map([['__name__', 'x']]), 5, 1);
    }).not.toThrow();
    expect(() => {
      store.append(new Map([['__name__', 'x']]), 4, 1);
    }).toThrow(EvaluationError);
  });
});
