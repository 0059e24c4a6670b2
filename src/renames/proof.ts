import type { Metric, Model } from '../model/model.js';
import { aggregate, call, duration, selector } from '../promql/build.js';
import type { Check, Scenario } from '../prove/scenario.js';
import { line, type Segment, type TestSeries } from '../prove/series.js';
import type { Suite } from '../prove/suite.js';
import { scoped } from '../slo/scope.js';
import { bridged, formerNames } from './bridge.js';
import { bridgeName, renameGroups, renameRuleFile } from './groups.js';

/** The last sample: it is looked at then. */
const last = 8;
/** Samples that the window of a rate covers. */
const window = 4;

/** An instance of the service, by the samples between which it exposes each name; each counts one a sample. */
interface Instance {
  readonly name: string;
  readonly old: readonly [from: number, to: number] | undefined;
  readonly now: readonly [from: number, to: number] | undefined;
}

/** A deployment under way, and the one after it. */
const instances: readonly Instance[] = [
  { name: 'not-yet-deployed', old: [0, last], now: undefined },
  { name: 'just-deployed', old: [0, last], now: [6, last] },
  { name: 'old-name-gone', old: [0, 5], now: [2, last] },
  { name: 'never-had-the-old-name', old: undefined, now: [0, last] },
];

function segments([from, to]: readonly [number, number]): readonly Segment[] {
  const gap: readonly Segment[] = from === 0 ? [] : [{ kind: 'gap', samples: from }];
  return [...gap, line(from, 1, to - from), ...(to < last ? [{ kind: 'stale' } as const] : [])];
}

function labelsOf(
  model: Model,
  metric: Metric,
  series: string,
  instance: string,
): ReadonlyMap<string, string> {
  const own = metric.labels.map(
    ({ wire, bound }) => [wire, bound.kind === 'closed' ? (bound.values[0] ?? '') : 'a'] as const,
  );
  const bucket = metric.type === 'histogram' && series.endsWith('_bucket') ? ([['le', '+Inf']] as const) : [];
  return new Map([['instance', instance], ...own, ...bucket, ...model.service.selector]);
}

function seriesOf(model: Model, metric: Metric, now: string, old: string): readonly TestSeries[] {
  return instances.flatMap((each) => {
    const labels = labelsOf(model, metric, now, each.name);
    return [
      ...(each.old === undefined ? [] : [{ metric: old, labels, segments: segments(each.old) }]),
      ...(each.now === undefined ? [] : [{ metric: now, labels, segments: segments(each.now) }]),
    ];
  });
}

function scenario(model: Model, metric: Metric, [now, old]: readonly [string, string]): Scenario {
  const interval = model.target.prometheus.evaluationInterval.seconds;
  const at = last * interval;
  const record: Check = {
    kind: 'query',
    expr: selector(bridgeName(now)),
    at,
    results: instances.map(({ name }) => ({
      labels: new Map([['__name__', bridgeName(now)], ...labelsOf(model, metric, now, name)]),
      value: last,
    })),
  };
  const increase = call('increase', selector(now, [], { range: duration(window * interval) }));
  const total: Check = {
    kind: 'query',
    expr: call('round', aggregate('sum', bridged(model, scoped(model, increase)))),
    at,
    results: [{ labels: new Map(), value: window * instances.length }],
  };
  return {
    name: `${now}: is read once under either name, before, while and after it is renamed from ${old}`,
    interval,
    evaluationInterval: interval,
    series: seriesOf(model, metric, now, old),
    checks: metric.type === 'gauge' ? [record] : [record, total],
  };
}

/** The tests of what bridges the renamings of a spec; none where nothing is renamed. */
export function renameSuites(model: Model): readonly Suite[] {
  const renamed = [...model.metrics.values()].filter(({ renamedFrom }) => renamedFrom !== undefined);
  if (renamed.length === 0) return [];
  return [
    {
      id: 'renames',
      subject: 'renamed metrics',
      ruleFile: renameRuleFile(model),
      groups: renameGroups(model),
      scenarios: renamed.flatMap((metric) =>
        [...formerNames(metric)].map((names) => scenario(model, metric, names)),
      ),
      untested: [],
    },
  ];
}
