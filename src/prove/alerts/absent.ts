import type { AbsentCondition } from '../../model/model.js';
import type { Expr, Subquery, VectorSelector } from '../../promql/ast.js';
import type { Check, Scenario } from '../scenario.js';
import { flat, type Segment } from '../series.js';
import { paceFor, steps } from './pace.js';
import { rowsOf, selects, type Labels, type Row } from './rows.js';
import { firing, identity, own, silent, untested, type AlertSubject, type Proof } from './subject.js';
import { seriesOf } from './counters.js';

/** How long Prometheus takes the last sample of a series for its value, in seconds. */
const lookback = 300;

/** What has to be absent: a selector, over a range where it has one. */
interface Watched {
  readonly selector: VectorSelector;
  /** Seconds. */
  readonly range: number | undefined;
}

function seconds(value: VectorSelector['range']): number | undefined {
  return value?.kind === 'duration' ? value.seconds : undefined;
}

function watchedBy(expr: Expr | Subquery): Watched | undefined {
  if (expr.kind === 'paren') return watchedBy(expr.expr);
  if (expr.kind === 'call' && expr.func.startsWith('absent')) {
    const [only] = expr.args;
    return only === undefined ? undefined : watchedBy(only);
  }
  if (expr.kind !== 'selector' || expr.metric === undefined) return undefined;
  if (expr.offset !== undefined || expr.evaluatedAt !== undefined) return undefined;
  if (expr.range !== undefined && seconds(expr.range) === undefined) return undefined;
  return { selector: expr, range: seconds(expr.range) };
}

/** The labels that absent() makes up from a selector: those that it asks for by `=` alone. */
function labelsOfAbsence({ matchers }: VectorSelector): Labels {
  const found = new Map<string, string>();
  for (const { label, operator, value } of matchers) {
    const isOnly = matchers.filter((matcher) => matcher.label === label).length === 1;
    if (operator === '=' && isOnly && label !== '__name__' && value !== '') found.set(label, value);
  }
  return found;
}

function difference(a: Labels, b: Labels): number {
  return [...a].filter(([label, value]) => b.get(label) !== value).length;
}

/** What is there and what is not, predicted from `for` and from how long Prometheus looks back. */
export function absentScenarios(subject: AlertSubject<AbsentCondition>): Proof {
  const { model, rule, condition } = subject;
  const watched = condition.selector.expr && watchedBy(own(model, condition.selector.expr));
  if (watched === undefined) return untested(rule.alert, 'it looks for the absence of more than a selector');
  const { selector, range } = watched;
  const metric = selector.metric ?? '';
  const rows = rowsOf(model, metric, [selector], new Map());
  const [row, ...others] = rows.filter((each) => selects(selector, metric, each.labels));
  if (row === undefined) return untested(rule.alert, 'no series meets its selector');
  const strangers = rows
    .filter((each) => !selects(selector, metric, each.labels))
    .filter((each) => difference(each.labels, row.labels) === 1);
  const pace = paceFor(range ?? lookback, 5, [rule.for, rule.keepFiringFor]);
  const [pending, kept] = [steps(rule.for, pace), steps(rule.keepFiringFor, pace)];
  const labels = labelsOfAbsence(selector);
  const twin = others.find((each) => each !== row);
  const there = steps(range ?? lookback, pace) + 2;

  const scenario = (
    name: string,
    series: Scenario['series'],
    checks: readonly Check[],
    because?: string,
  ): Scenario => ({
    name: `${rule.alert}: ${name}`,
    because,
    interval: pace,
    evaluationInterval: pace,
    series,
    checks,
  });
  const fires = (at: number): Check => firing(rule, at * pace, labels);
  const stays = (at: number): Check => silent(rule, at * pace);
  const series = (each: Row, ...segments: Segment[]) => seriesOf(each, segments);
  const gap = (samples: number): Segment => ({ kind: 'gap', samples });

  // The last sample lies at `there - 1`. One that is marked as the end ends at once, unless a range is looked through.
  const unseen = steps(range ?? lookback, pace);
  const marked = range === undefined ? 0 : unseen - 1;
  // A sample at the very edge is still seen by Prometheus 2 and no more by Prometheus 3: one interval between the two is left open.
  const slack = 1;
  const turns = (quiet: number, name: string, ...end: Segment[]): Scenario => {
    const gone = there + quiet;
    const back = gone + pending + slack + 2;
    return scenario(
      name,
      [series(row, flat(1, there), ...end, gap(back - there - end.length), flat(1, kept + 4))],
      [
        stays(there - 1),
        stays(gone + pending - 1),
        fires(gone + pending + slack),
        fires(back - 1),
        ...(kept > 0 ? [fires(back + kept - 1)] : []),
        stays(back + kept),
      ],
      `The last sample is ${quiet} intervals of ${pace}s old when nothing is found any more.`,
    );
  };
  const name = identity(rule, (pending + 2) * pace, labels, 1);
  const scenarios: Scenario[] = [
    scenario(
      'silent while the series is there',
      [series(row, flat(1, pending + 8))],
      [stays(0), stays(pending + 2), stays(pending + 7)],
    ),
    turns(marked, 'fires once the series has ended, and ends when it is back', { kind: 'stale' }),
    turns(unseen, 'fires once there are no more samples, and ends when there are'),
    scenario(
      'fires where the series was never there',
      [],
      [...(pending > 0 ? [stays(pending - 1)] : []), fires(pending), fires(pending + 3)],
    ),
    ...(twin === undefined
      ? []
      : [
          scenario(
            'silent while one of two series is there',
            [
              series(row, flat(1, there), { kind: 'stale' }),
              series(twin, flat(1, there + unseen + pending + 4)),
            ],
            [stays(there + unseen + pending + 3)],
          ),
        ]),
    ...strangers.map((stranger) => {
      const differs = [...stranger.labels].find(([label, value]) => row.labels.get(label) !== value);
      return scenario(
        `fires although there is a series with ${differs?.[0] ?? ''}="${differs?.[1] ?? ''}"`,
        [series(stranger, flat(1, pending + 5))],
        [fires(pending + 3)],
      );
    }),
    ...(name === undefined ? [] : [scenario('has these labels and annotations', [], [name])]),
  ];
  const reason =
    'its texts do more than the tests can fill in, so that labels and annotations are not compared';
  return { scenarios, untested: name === undefined ? [{ rule: rule.alert, reason }] : [] };
}
