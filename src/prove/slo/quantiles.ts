import { ruleGroupFiles } from '../../emit/prometheus/files.js';
import type { Model, QuantileSli } from '../../model/model.js';
import { matcher, selector } from '../../promql/build.js';
import type { Expr } from '../../promql/ast.js';
import { quantileIdentity, sliQuantile } from '../../slo/names.js';
import { baseWindow } from '../../slo/plan.js';
import { quantileGroups } from '../../slo/groups.js';
import type { Check, Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import type { Suite } from '../suite.js';
import { between } from './checks.js';
import { counter } from './course.js';
import { paceWithin } from './stage.js';
import { anyValue, otherValue } from './values.js';

/** How many observations fall into each bucket, the one without a bound last. */
type Distribution = readonly number[];

/** The quantile as histogram_quantile() puts it: on a straight line between the bounds of the bucket that holds it. */
function quantile(q: number, bounds: readonly number[], counts: Distribution): number {
  const rank = q * counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (below + count >= rank && count > 0) {
      const upper = bounds[index];
      // What lies beyond the last bound is put at that bound, and the first bucket begins at 0 or at its own bound.
      if (upper === undefined) return bounds.at(-1) ?? NaN;
      const lower = index === 0 ? (upper <= 0 ? upper : 0) : (bounds[index - 1] ?? 0);
      return lower + (upper - lower) * ((rank - below) / count);
    }
    below += count;
  }
  return bounds.at(-1) ?? NaN;
}

/** Index of the bucket that a quantile falls into. */
function bucketOf(q: number, counts: Distribution): number {
  const rank = q * counts.reduce((sum, count) => sum + count, 0);
  let upTo = 0;
  return counts.findIndex((count) => (upTo += count) >= rank && count > 0);
}

/** Two rows of different groups, where there are groups. */
function rowsOf(model: Model, { histogram, by }: QuantileSli): readonly ReadonlyMap<string, string>[] {
  const grouped = new Set(by.map(({ wire }) => wire));
  const row = (index: number): ReadonlyMap<string, string> =>
    new Map([
      ...histogram.labels.map((label): [string, string] => {
        if (!grouped.has(label.wire)) return [label.wire, anyValue(label)];
        const value =
          label.bound.kind === 'closed' ? label.bound.values[index] : `${label.wire}-${'ab'.charAt(index)}`;
        return [label.wire, value ?? anyValue(label)];
      }),
      ...[...model.service.selector].filter(([name]) => !histogram.labels.some(({ wire }) => wire === name)),
    ]);
  const rows = grouped.size === 0 ? [row(0)] : [row(0), row(1)];
  return [...new Map(rows.map((each) => [JSON.stringify([...each]), each])).values()];
}

/** Observations fall into low buckets first and into high ones later; the window is looked at when it holds as many of both. */
function scenarioOf(model: Model, sli: QuantileSli): Scenario {
  const { histogram, by, q } = sli;
  const window = baseWindow(model);
  const interval = paceWithin(window / 10);
  const half = Math.round(window / 2 / interval);
  const size = histogram.buckets.length + 1;
  const middle = Math.floor(histogram.buckets.length / 2);
  const low = Array.from({ length: size }, (_, index) => (index <= middle ? 10 : 1));
  const high = low.toReversed().map((count, index) => (index === size - 1 ? 0 : count * 2));
  const phases = [{ samples: 4 * half }, { samples: half }];
  const at = 5 * half * interval;
  const series: TestSeries[] = [];
  const checks: Check[] = [];
  rowsOf(model, sli).forEach((labels, row) => {
    const [before, after] = row === 0 ? [low, high] : [high, low];
    const bounds = [...histogram.buckets.map(String), '+Inf'];
    const add = (own: ReadonlyMap<string, string>, all: readonly Distribution[], from = 0): void => {
      bounds.forEach((le, index) => {
        if (index < from) return;
        const upTo = (counts: Distribution): number =>
          counts.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
        series.push({
          metric: `${histogram.name}_bucket`,
          labels: new Map([...own, ['le', le]]),
          segments: counter(phases, all.map(upTo)),
        });
      });
    };
    add(labels, [before, after]);
    const decisive = bucketOf(
      q,
      before.map((count, index) => count + (after[index] ?? 0)),
    );
    const more = before.map((_, index) => (index === decisive ? 40 : 0));
    if (!labels.has('instance')) add(new Map([...labels, ['instance', 'coarse']]), [more, more], decisive);
    for (const label of model.service.selector.keys()) {
      const elsewhere = before.map((_, index) => (index === (decisive === 0 ? size - 2 : 0) ? 5000 : 0));
      add(new Map([...labels, [label, otherValue]]), [elsewhere, elsewhere]);
    }
    const seconds = labels.has('instance') ? before.map(() => 0) : more;
    // Both ends of the window count up to Prometheus 2, the later one alone from 3 on.
    const expected = [half, half - 1].map((first) =>
      quantile(
        q,
        histogram.buckets,
        before.map(
          (count, index) =>
            (count + (seconds[index] ?? 0)) * first + ((after[index] ?? 0) + (seconds[index] ?? 0)) * half,
        ),
      ),
    );
    const group = new Map(by.map(({ wire }) => [wire, labels.get(wire) ?? '']));
    checks.push(between(recorded(model, sli, group), [Math.min(...expected), Math.max(...expected)], at));
  });
  return {
    name: `${sli.name} is the quantile ${q} over its window`,
    because:
      'Buckets fill with other observations for half of the window; the quantile lies on a line between two bounds. A second instance has no bounds below that line, and another service other values.',
    interval,
    evaluationInterval: interval,
    series,
    checks,
  };
}

function recorded(model: Model, sli: QuantileSli, group: ReadonlyMap<string, string>): Expr {
  const labels = new Map([...group, ...quantileIdentity(sli, model.service.name)]);
  return selector(
    sliQuantile(baseWindow(model)),
    [...labels].map(([label, value]) => matcher(label, '=', value)),
  );
}

/** The tests of the quantiles that SLIs record for display; none where there are none. */
export function quantileSuites(model: Model): readonly Suite[] {
  const slis = [...model.slis.values()].filter((sli) => sli.form === 'quantile');
  const groups = quantileGroups(model);
  const file = ruleGroupFiles(model).find(({ groups: [first] }) => first?.name === groups[0]?.name);
  if (slis.length === 0 || file === undefined) return [];
  return [
    {
      id: 'slis',
      subject: slis.map(({ name }) => `slis.${name}`).join(', '),
      ruleFile: file.path,
      groups,
      scenarios: slis.map((sli) => scenarioOf(model, sli)),
      untested: [],
    },
  ];
}
