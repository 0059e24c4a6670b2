import { aggregate, binary, matcher, number, selector } from '../../promql/build.js';
import { printDuration } from '../../promql/duration.js';
import { evaluate, SeriesStore } from '../../promql/evaluate/index.js';
import type { AlertingRule, RuleGroup } from '../../promql/rule.js';
import { walk } from '../../promql/walk.js';
import { totalRate } from '../../slo/names.js';
import type { Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { budgetChecks } from './budget.js';
import { absent, between, measured, noNaN, recordOf } from './checks.js';
import { countersOf, flowsOf } from './counters.js';
import { idle, lengthOf, type Course } from './course.js';
import { identityOf } from './identity.js';
import { recordsOf } from './kinds.js';
import { otherObjectives } from './others.js';
import { paceWithin, type Stage } from './stage.js';

const none: ReadonlyMap<string, string> = new Map<string, string>();

/** Counters that stand still have no share of bad events; afterwards the budget is whole. */
function idleCounters(stage: Stage): Scenario | undefined {
  const [population] = stage.populations;
  if (population === undefined) return undefined;
  const pace = stage.interval;
  const quiet = 40 * pace;
  const phases = [idle(stage.samples(pace, quiet)), stage.phase(pace, 40 * pace, 0)];
  const course = { ...stage.course(pace, phases), start: 7 * stage.volume };
  const forecast = stage.forecast(course);
  const end = lengthOf(course);
  const ratios = selector(undefined, [matcher('__name__', '=~', 'slo:sli_error:.+')]);
  const still = recordOf(stage.objective, totalRate(stage.objective.base), stage.group);
  return stage.scenario(
    'idle time is neither good nor bad, and leaves nothing behind that spoils the budget',
    undefined,
    course,
    countersOf(course.phases, flowsOf(population, course.phases), course.start),
    [
      ...(stage.objective.kind === 'events' ? [between(still, [0, 0], quiet)] : []),
      absent(ratios, quiet),
      noNaN(quiet),
      ...stage.allSilent(quiet),
      noNaN(end),
      ...stage.allSilent(end),
      ...measured(
        stage.objective,
        forecast,
        stage.group,
        end,
        stage.objective.windows.filter((window) => window === stage.objective.base || window > quiet * 2),
      ).filter(({ kind }) => kind === 'query'),
      ...budgetChecks(stage.objective, forecast, stage.group, end),
    ],
  );
}

/** A process that starts anew counts from 0 again. */
function counterReset(stage: Stage): Scenario | undefined {
  const [population] = stage.populations;
  if (population === undefined) return undefined;
  const pace = stage.interval;
  const share = 0.2 * stage.objective.budget;
  const course = stage.course(pace, [stage.phase(pace, 60 * pace, share)]);
  const series = stage
    .series(course)
    .map((each) => ({ ...each, segments: [...each.segments, ...each.segments] }));
  const reset = lengthOf(course) + course.interval;
  const at = reset + 30 * pace;
  const times = [reset, reset + 2 * pace, at].map((time) => Math.ceil(time / pace) * pace);
  const ratio = stage.forecast(course).band((each) => each.ratio(stage.objective.base, lengthOf(course)));
  const seen = measured(
    stage.objective,
    stage.forecast(course),
    stage.group,
    lengthOf(course),
    ratio === undefined ? [] : stage.objective.direct,
  ).filter((check) => check.kind === 'query' && JSON.stringify(check.expr).includes('sli_error'));
  return stage.scenario(
    'a restart, which sets counters back to 0, is no burst of errors',
    undefined,
    course,
    series,
    [
      ...times.flatMap((time) => stage.allSilent(time)),
      // Before and after it the share is the same.
      ...seen.map((check) => ({ ...check, at: times[2] ?? at })),
    ],
  );
}

function noDataRule(stage: Stage, groups: readonly RuleGroup[]): AlertingRule | undefined {
  return groups
    .flatMap(({ rules }) => rules)
    .find((rule) => rule.kind === 'alert' && rule.alert === stage.noData) as AlertingRule | undefined;
}

/** When an alert on missing data certainly does not fire yet, and when it certainly does. */
function pending(pace: number, hold: number, missing: readonly [number, number]): readonly [number, number] {
  const up = (time: number): number => Math.ceil(time / pace) * pace;
  const [earliest, latest] = missing;
  return [up(earliest) + up(hold) - pace, up(latest) + up(hold)];
}

/** There have never been any series: what others have recorded does not count. */
function neverStarted(stage: Stage, groups: readonly RuleGroup[]): Scenario | undefined {
  const rule = noDataRule(stage, groups);
  const hold = stage.objective.slo.alerting.noData?.seconds;
  if (rule === undefined || hold === undefined) return undefined;
  const pace = Math.max(stage.interval, paceWithin(hold / 10));
  const [before, after] = pending(pace, hold, [0, 0]);
  const course: Course = {
    interval: pace,
    pace,
    lead: 0,
    start: 0,
    phases: [{ samples: after / pace, good: 0, bad: 0 }],
  };
  const found = evaluate(rule.expr, new SeriesStore(), 0);
  const [labels = none] = found.kind === 'vector' ? found.samples.map((sample) => sample.labels) : [];
  const records = recordsOf(groups).filter((name) => !name.includes('ratio'));
  return stage.scenario(
    'a service that never started cannot be measured',
    `Nothing is there at 0s; the alert waits for ${printDuration(hold)}.`,
    course,
    otherObjectives(stage, records, course),
    [
      ...(before < 0 ? [] : [{ kind: 'silent', alert: rule.alert, at: before } as const]),
      identityOf(rule, after, labels, 1),
      ...stage.allSilent(after),
    ],
  );
}

/** Whether the alert on missing data also tells of single groups: where all of them are there from the start on. */
function missesGroups({ expr }: AlertingRule): boolean {
  let found = false;
  walk(expr, (each) => {
    found ||= each.kind === 'binary' && each.op === 'unless';
  });
  return found;
}

/** Series end: all of them, or those of one group. */
function vanished(stage: Stage, groups: readonly RuleGroup[], which: 'all' | 'one'): Scenario | undefined {
  const rule = noDataRule(stage, groups);
  const hold = stage.objective.slo.alerting.noData?.seconds;
  if (rule === undefined || hold === undefined) return undefined;
  const pace = Math.max(stage.interval, paceWithin(Math.min(300, hold / 10)));
  const healthy = stage.course(pace, [stage.phase(pace, Math.max(20 * pace, 2 * stage.objective.base), 0)]);
  const last = lengthOf(healthy);
  const { interval } = healthy;
  const { kind, base } = stage.objective;
  // A rate needs two samples in its window; a gauge is gone at once, and so is what a user's query is looked for by.
  const gone: readonly [number, number] =
    kind === 'events' ? [last - interval + base, last - interval + base + 1] : [last + 1, last + interval];
  const [before, after] = pending(pace, hold, gone);
  const ended = stage
    .series(healthy)
    .map((each): TestSeries => ({ ...each, segments: [...each.segments, { kind: 'stale' }] }));
  const lasting = stage.course(pace, [stage.phase(pace, after - healthy.lead, 0)]);
  const isTold = which === 'all' || missesGroups(rule);
  const told: readonly ReadonlyMap<string, string>[] = which === 'all' ? [none] : [stage.group];
  return stage.scenario(
    which === 'all'
      ? 'series that are gone cannot be measured, and wake nobody for a budget'
      : `one group that is gone ${isTold ? 'is missed' : 'may be gone for good'}`,
    `The last sample is at ${printDuration(last)}${kind === 'events' ? `, and a window of ${printDuration(base)} holds two of them for a little less than that` : ''}; the alert waits for ${printDuration(hold)}.`,
    healthy,
    [...ended, ...(which === 'one' ? stage.series(lasting, 1) : [])],
    [
      { kind: 'silent', alert: rule.alert, at: last },
      { kind: 'silent', alert: rule.alert, at: before },
      isTold
        ? { kind: 'firing', alert: rule.alert, at: after, groups: told }
        : { kind: 'silent', alert: rule.alert, at: after },
      ...stage.allSilent(after),
    ],
  );
}

/** Buckets that nobody exposes leave an objective without a measure: they must not make every event a bad one, nor a good one. */
function withoutBuckets(stage: Stage): Scenario | undefined {
  const [population] = stage.populations;
  const { slo, base } = stage.objective;
  if (slo.sli.form !== 'latency' || population === undefined) return undefined;
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, 12 * pace, 0.5)]);
  const at = lengthOf(course);
  const series = stage.series(course).filter(({ metric }) => metric.endsWith('_count'));
  return stage.scenario('a histogram without its buckets says nothing', undefined, course, series, [
    ...stage.allSilent(at),
    absent(selector(undefined, [matcher('__name__', '=~', 'slo:sli_error:.+')]), at),
    {
      kind: 'query',
      expr: aggregate(
        'count',
        binary('>', recordOf(stage.objective, totalRate(base), population.group), number(0)),
      ),
      at,
      results: [{ labels: none, value: 1 }],
    },
  ]);
}

/** What is not there: events, processes, series. */
export function absenceScenarios(stage: Stage, groups: readonly RuleGroup[]): readonly Scenario[] {
  return [
    idleCounters(stage),
    counterReset(stage),
    withoutBuckets(stage),
    neverStarted(stage, groups),
    vanished(stage, groups, 'all'),
    stage.groups.length > 1 ? vanished(stage, groups, 'one') : undefined,
  ].filter((each) => each !== undefined);
}
