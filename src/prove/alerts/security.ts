import { detectionCounter } from '../../model/security-alerts.js';
import { selectors } from '../../promql/walk.js';
import type { Check, Scenario } from '../scenario.js';
import { flat, line, type Segment } from '../series.js';
import { seriesOf } from './counters.js';
import { paceFor, steps } from './pace.js';
import { rowsOf, selects, type Labels } from './rows.js';
import { firing, identity, silent, untested, type Proof, type Subject } from './subject.js';

/** The alert of a security event: the process counts, and the rule tells that the count grew. */
export function securityScenarios({ model, rule }: Subject): Proof {
  const reading = selectors(rule.expr);
  const ranged = reading.find(({ range }) => range !== undefined);
  const selector = reading.find(({ range, offset }) => range === undefined && offset === undefined);
  const window = ranged?.range?.kind === 'duration' ? ranged.range.seconds : undefined;
  if (selector === undefined || window === undefined) return untested(rule.alert, 'its rule reads no window');
  const rows = rowsOf(model, detectionCounter, [selector], new Map());
  const mine = rows.filter((row) => selects(selector, detectionCounter, row.labels));
  const [row, twin] = mine;
  if (row === undefined) return untested(rule.alert, 'no series meets its selector');
  const strangers = rows.filter(
    (each) =>
      !selects(selector, detectionCounter, each.labels) &&
      [...each.labels].filter(([label, value]) => row.labels.get(label) !== value).length === 1,
  );
  const pace = paceFor(window, 5, []);
  const wide = steps(window, pace);
  const none: Labels = new Map();
  const fires = (at: number): Check => firing(rule, at * pace, none);
  const stays = (at: number): Check => silent(rule, at * pace);
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
  const gap = (samples: number): Segment => ({ kind: 'gap', samples });
  const calm = wide + 3;
  const after = calm + wide + 3;
  const because = `The window holds ${wide} intervals of ${pace}s.`;
  const ends: readonly Check[] = [
    stays(calm - 1),
    fires(calm),
    fires(calm + wide - 2),
    stays(calm + wide + 1),
  ];
  const name = identity(rule, calm * pace, none, 1);
  const scenarios: Scenario[] = [
    scenario(
      'silent while the counter stands still',
      [seriesOf(row, [flat(0, after)])],
      [0, 2, calm, after - 1].map(stays),
    ),
    scenario(
      'silent while a counter that is not 0 stands still',
      [seriesOf(row, [flat(3, after)])],
      [calm, after - 1].map(stays),
    ),
    scenario(
      'fires when the event was detected, for as long as the window holds it',
      [seriesOf(row, [flat(0, calm), flat(1, wide + 4)])],
      ends,
      because,
    ),
    scenario(
      'fires when it was detected again',
      [seriesOf(row, [flat(2, calm), flat(3, wide + 4)])],
      ends,
      because,
    ),
    scenario(
      'fires when its series appears with the first detection',
      [seriesOf(row, [gap(calm), flat(1, wide + 4)])],
      ends,
      because,
    ),
    scenario(
      'silent when its series appears at 0',
      [seriesOf(row, [gap(calm), flat(0, wide + 4)])],
      [stays(calm), stays(calm + 2), stays(calm + wide)],
    ),
    scenario(
      'silent when the process is restarted',
      [seriesOf(row, [flat(3, calm), flat(0, wide + 4)])],
      [stays(calm), stays(calm + 2), stays(calm + wide + 1)],
    ),
    ...(twin === undefined
      ? []
      : [
          scenario(
            'fires once where several instances detect it',
            [
              seriesOf(row, [flat(0, calm), flat(1, wide + 4)]),
              seriesOf(twin, [flat(0, calm), flat(2, wide + 4)]),
            ],
            [stays(calm - 1), fires(calm)],
          ),
          scenario(
            'fires for one instance while the other stands still',
            [seriesOf(row, [flat(0, calm), flat(1, wide + 4)]), seriesOf(twin, [flat(0, after)])],
            [stays(calm - 1), fires(calm)],
          ),
        ]),
    ...(strangers.length === 0
      ? []
      : [
          scenario(
            'silent whatever series do that it does not read',
            [
              ...strangers.map((stranger) => seriesOf(stranger, [line(0, 1, after)])),
              seriesOf(row, [flat(0, after)]),
            ],
            [stays(2), stays(calm), stays(after - 1)],
          ),
          scenario(
            'silent when series appear that it does not read',
            strangers.map((stranger) => seriesOf(stranger, [gap(calm), flat(1, wide + 4)])),
            [stays(calm), stays(calm + 2)],
          ),
          scenario(
            'fires for its own new series, whatever was there before',
            [
              ...strangers.map((stranger) => seriesOf(stranger, [flat(1, after)])),
              seriesOf(row, [gap(calm), flat(1, wide + 4)]),
            ],
            [stays(calm - 1), fires(calm)],
          ),
        ]),
    ...(name === undefined
      ? []
      : [scenario('has these labels and annotations', [seriesOf(row, [gap(calm), flat(1, 3)])], [name])]),
  ];
  const reason =
    'its texts do more than the tests can fill in, so that labels and annotations are not compared';
  return { scenarios, untested: name === undefined ? [{ rule: rule.alert, reason }] : [] };
}
