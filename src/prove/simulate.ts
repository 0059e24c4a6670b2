import type { Expr } from '../promql/ast.js';
import { matcher, selector } from '../promql/build.js';
import { evaluate, EvaluationError, SeriesStore, type Value } from '../promql/evaluate/index.js';
import type { Labels, LabelSet } from '../promql/evaluate/labels.js';
import type { Series } from '../promql/evaluate/store.js';
import type { RuleGroup } from '../promql/rule.js';
import type { Scenario } from './scenario.js';
import { columnsOf, type Columns } from './series.js';
import { AlertingState } from './simulation/alerting.js';
import { RecordingState } from './simulation/recording.js';
import type { ServerLimits } from './simulation/rule-state.js';
import type { Timeline } from './simulation/timeline.js';

export { unmet } from './simulation/unmet.js';
export type { Fire, Timeline } from './simulation/timeline.js';

/** The samples of one test series that have not been added yet. */
interface Feed {
  readonly labels: LabelSet;
  readonly columns: Columns;
  /** Made with the first sample: results come in the order in which series came to be. */
  series: Series | undefined;
  next: number;
}

function feedOf(
  store: SeriesStore,
  { series, interval }: Pick<Scenario, 'series' | 'interval'>,
): readonly Feed[] {
  return series.map(({ metric, labels, segments }) => ({
    labels: store.labels.of([['__name__', metric], ...labels]),
    columns: columnsOf(segments, interval),
    series: undefined,
    next: 0,
  }));
}

/** Adds the samples up to a time: those of an evaluation's own time are there when it begins. */
function feed(store: SeriesStore, feeds: readonly Feed[], until: number): void {
  for (const each of feeds) {
    const { times, values, stale } = each.columns;
    for (; each.next < times.length; each.next += 1) {
      const seconds = times[each.next] ?? Infinity;
      if (seconds > until) break;
      each.series ??= store.seriesOf(each.labels);
      const time = Math.round(seconds * 1000);
      if (stale.has(each.next)) each.series.end(time);
      else each.series.append(time, values[each.next] ?? NaN);
    }
  }
}

function withoutOwn(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...labels].filter(([name]) => !['__name__', 'alertname', 'alertstate'].includes(name)));
}

/** promtool's engine holds no more samples than this at once. */
const mostSamples = 10_000;

/**
 * Runs rules over made-up series as `promtool test rules` 2.42 does: all groups in their order at 0 and at every step of
 * `evaluationInterval`, whatever intervals they have of their own; samples of the same time come first.
 * @param until seconds; the last evaluation is at or before it, and nothing later is seen by queries
 * @param labels may be shared by runs over the same series
 */
export function simulate(
  groups: readonly RuleGroup[],
  run: Pick<Scenario, 'interval' | 'evaluationInterval' | 'series'>,
  until: number,
  labels?: Labels,
): Timeline {
  const store = new SeriesStore(labels);
  const feeds = feedOf(store, run);
  const limits: ServerLimits = { step: run.evaluationInterval, maxSamples: mostSamples };
  const rules = groups
    .flatMap((group) => group.rules)
    .map((rule) =>
      rule.kind === 'record'
        ? new RecordingState(rule, store, limits)
        : new AlertingState(rule, store, limits),
    );
  const failure = runRules(rules, (time) => {
    feed(store, feeds, time);
  });
  const alerting = (alert: string): readonly AlertingState[] =>
    rules.filter((rule) => rule instanceof AlertingState).filter(({ rule }) => rule.alert === alert);
  const query = (expr: Expr, at: number): Value => evaluate(expr, store, at, limits);
  return {
    failure,
    query,
    firing(alert, at) {
      const fired = selector('ALERTS', [
        matcher('alertname', '=', alert),
        matcher('alertstate', '=', 'firing'),
      ]);
      const value = query(fired, at);
      return value.kind === 'scalar' ? [] : value.samples.map(({ labels }) => withoutOwn(labels));
    },
    fires: (alert) =>
      alerting(alert)
        .flatMap((state) => state.fires())
        .map((fire) => ({ ...fire, labels: withoutOwn(fire.labels) }))
        .sort((a, b) => a.from - b.from),
    instances: (alert, at) => {
      const evaluation = Math.floor(at / run.evaluationInterval) * run.evaluationInterval;
      return alerting(alert).flatMap((state) => state.firingAt(evaluation));
    },
  };

  function runRules(
    states: readonly (RecordingState | AlertingState)[],
    before: (time: number) => void,
  ): Timeline['failure'] {
    for (let step = 0; step * run.evaluationInterval <= until; step += 1) {
      const time = Math.round(step * run.evaluationInterval * 1000) / 1000;
      before(time);
      for (const state of states) {
        try {
          state.evaluate(time);
        } catch (error) {
          if (!(error instanceof EvaluationError)) throw error;
          return { rule: state.name, at: time, message: error.message };
        }
      }
    }
    return undefined;
  }
}
