import { aggregate, by, matcher, selector } from '../../promql/build.js';
import { EvaluationError, type Value } from '../../promql/evaluate/index.js';
import type { Check } from '../scenario.js';
import type { Timeline } from './timeline.js';
import { TemplateError } from '../template/error.js';

type Result = { readonly labels: ReadonlyMap<string, string>; readonly value: number };

function text(labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([...labels].filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two lists hold the same, in any order. */
function same(found: readonly string[], expected: readonly string[]): boolean {
  const [a, b] = [found.toSorted(), expected.toSorted()];
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function results(value: Value): readonly Result[] {
  return value.kind === 'vector' ? value.samples : [{ labels: new Map(), value: value.value }];
}

function sameResults(found: readonly Result[], expected: readonly Result[]): boolean {
  // A NaN equals nothing, as in promtool; 0 and -0 are the same.
  if ([...found, ...expected].some(({ value }) => Number.isNaN(value))) return false;
  const line = ({ labels, value }: Result): string => `${text(labels)} ${value + 0}`;
  return same(found.map(line), expected.map(line));
}

function alertSeries(
  alert: string,
  labels: ReadonlyMap<string, string> = new Map(),
): ReturnType<typeof selector> {
  return selector('ALERTS', [
    matcher('alertname', '=', alert),
    matcher('alertstate', '=', 'firing'),
    ...[...labels].map(([label, value]) => matcher(label, '=', value)),
  ]);
}

function holds(timeline: Timeline, check: Check): boolean {
  switch (check.kind) {
    case 'firing': {
      const labels = new Set(check.groups.flatMap((group) => [...group.keys()]));
      const counted = aggregate('count', alertSeries(check.alert), by([...labels]));
      return sameResults(
        results(timeline.query(counted, check.at)),
        check.groups.map((group) => ({ labels: group, value: 1 })),
      );
    }
    case 'silent':
      return results(timeline.query(alertSeries(check.alert, check.labels), check.at)).length === 0;
    case 'query':
      return sameResults(results(timeline.query(check.expr, check.at)), check.results);
    case 'identity': {
      const line = (labels: ReadonlyMap<string, string>, annotations: ReadonlyMap<string, string>): string =>
        `${text(new Map([...labels, ['alertname', check.alert]]))} ${text(annotations)}`;
      return same(
        timeline.instances(check.alert, check.at).map((each) => line(each.labels, each.annotations())),
        check.alerts.map(({ labels, annotations }) => line(labels, annotations)),
      );
    }
  }
}

/**
 * The checks that do not hold, as promtool would say; all of them where a rule cannot be evaluated, because promtool ends the run then.
 */
export function unmet(timeline: Timeline, checks: readonly Check[]): readonly Check[] {
  if (timeline.failure !== undefined) return checks;
  return checks.filter((check) => {
    try {
      return !holds(timeline, check);
    } catch (error) {
      if (error instanceof EvaluationError || error instanceof TemplateError) return true;
      throw error;
    }
  });
}
