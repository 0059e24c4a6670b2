import {
  by,
  aggregate,
  binary,
  call,
  duration,
  matcher,
  number,
  selector,
} from '../../../src/promql/build.js';
import type { AlertingRule, RecordingRule, RuleGroup } from '../../../src/promql/rule.js';
import type { Check, Scenario } from '../../../src/prove/scenario.js';
import { line, type TestSeries } from '../../../src/prove/series.js';
import type { Suite } from '../../../src/prove/suite.js';

/** Errors a second by queue, of the job that is ours. */
export const rateRule: RecordingRule = {
  kind: 'record',
  record: 'job:errors:rate5m',
  expr: aggregate(
    'sum',
    call('rate', selector('errors_total', [matcher('job', '=', 'ours')], { range: duration(300) })),
    by(['queue']),
  ),
  labels: new Map([['team', 'a']]),
};

export const alertRule: AlertingRule = {
  kind: 'alert',
  alert: 'TooManyErrors',
  expr: binary('>', selector('job:errors:rate5m', [matcher('team', '=', 'a')]), number(2)),
  for: 120,
  keepFiringFor: undefined,
  labels: new Map([['severity', 'page']]),
  annotations: new Map([['summary', 'Queue {{ $labels.queue }} fails.']]),
};

function series(labels: Record<string, string>, step: number, metric = 'errors_total'): TestSeries {
  return { metric, labels: new Map(Object.entries(labels)), segments: [line(0, step, 60)] };
}

const queues = [
  // 3 a second over two instances, of which neither exceeds the limit alone.
  series({ job: 'ours', queue: 'a', instance: '1' }, 90),
  series({ job: 'ours', queue: 'a', instance: '2' }, 90),
  // 1.5 a second: below the limit, and above half of it.
  series({ job: 'ours', queue: 'b', instance: '1' }, 90),
];

const fires: Check = {
  kind: 'firing',
  alert: 'TooManyErrors',
  at: 360,
  groups: [new Map([['queue', 'a']])],
};

/** A scenario that notices a lot. */
export const thorough: Scenario = {
  name: 'errors above 2 a second fire after two minutes, for their queue alone',
  because: 'a window of 5 minutes that fills up holds more than 2 a second from minute 4 on',
  interval: 60,
  evaluationInterval: 60,
  series: [...queues, series({ job: 'theirs', queue: 'b', instance: '1' }, 900)],
  checks: [
    { kind: 'silent', alert: 'TooManyErrors', at: 300 },
    fires,
    {
      kind: 'identity',
      alert: 'TooManyErrors',
      at: 360,
      alerts: [
        {
          labels: new Map([
            ['queue', 'a'],
            ['team', 'a'],
            ['severity', 'page'],
          ]),
          annotations: new Map([['summary', 'Queue a fails.']]),
        },
      ],
    },
  ],
};

/** A scenario that asks for next to nothing. */
export const weak: Scenario = {
  ...thorough,
  name: 'something fires at some time',
  checks: [{ ...fires, at: 1200 }],
};

/** The rules of the sample, and a way to break them by hand. */
export function sampleGroups(
  rate: RecordingRule = rateRule,
  alert: AlertingRule = alertRule,
): readonly RuleGroup[] {
  return [{ name: 'sample', interval: 60, rules: [rate, alert] }];
}

export function sampleSuite(scenarios: readonly Scenario[], groups = sampleGroups()): Suite {
  return {
    id: 'alert-TooManyErrors',
    subject: 'alerts.TooManyErrors',
    ruleFile: 'prometheus/rules/sample.yaml',
    groups,
    scenarios,
    untested: [],
  };
}
