import { alertGroups } from '../../alerts/groups.js';
import { alertRuleFile } from '../../emit/prometheus/files.js';
import type { Model } from '../../model/model.js';
import { printDuration } from '../../promql/duration.js';
import type { AlertingRule, RuleGroup } from '../../promql/rule.js';
import { selectors } from '../../promql/walk.js';
import { firing, silent } from '../../prove/alerts/subject.js';
import type { Check, Scenario } from '../../prove/scenario.js';
import { flat, type Segment, type TestSeries } from '../../prove/series.js';
import { simulate } from '../../prove/simulate.js';
import type { Suite } from '../../prove/suite.js';
import { courses, type Course } from './alert-courses.js';
import { dcgmGroups } from './groups.js';
import { recordsBehind } from './needed.js';

/** Seconds between samples and between evaluations. */
const step = 60;
/** Samples before it turns bad, and after it is well again. */
const calm = 20;
/** How many more samples than an alert waits it is bad for. */
const margin = 20;

const target = { job: 'dcgm-exporter', instance: '10.0.0.1:9400' } as const;

/** Stretches of one field: what it is while all is well, and while it is not; undefined where it is not there. */
function segments(before: number | undefined, during: number | undefined, bad: number): readonly Segment[] {
  const stretch = (value: number | undefined, length: number): readonly Segment[] =>
    value === undefined ? [{ kind: 'stale' }, { kind: 'gap', samples: length - 1 }] : [flat(value, length)];
  return [...stretch(before, calm), ...stretch(during, bad), ...stretch(before, calm)];
}

function seriesOf({ service }: Model, course: Course, bad: number): readonly TestSeries[] {
  const fields = [...new Set([...Object.keys(course.calm), ...Object.keys(course.bad)])];
  const devices = ['0', '1'].flatMap((gpu) =>
    fields.map((metric): TestSeries => {
      const before = course.calm[metric];
      const isBad = gpu === '1' || course.isOfHost === true;
      const labels = { ...target, gpu, Hostname: 'node-a', UUID: `GPU-${gpu}`, ...course.labels };
      return {
        metric,
        labels: new Map(Object.entries(labels)),
        segments: segments(before, isBad ? course.bad[metric] : before, bad),
      };
    }),
  );
  const length = 2 * calm + bad;
  const up = { metric: 'up', labels: new Map(Object.entries(target)), segments: [flat(1, length)] };
  const beside = Object.entries(course.beside ?? {}).map(([metric, { labels, value }]) => ({
    metric,
    labels: new Map([...service.selector, ...Object.entries(labels)]),
    segments: [flat(value, length)],
  }));
  return [...devices, up, ...beside];
}

function scenarioOf(
  model: Model,
  rule: AlertingRule,
  groups: readonly RuleGroup[],
  course: Course,
): Scenario | undefined {
  const bad = Math.ceil((rule.for ?? 0) / step) + margin + (course.lag ?? 0);
  const run = { interval: step, evaluationInterval: step, series: seriesOf(model, course, bad) };
  const end = (2 * calm + bad - 1) * step;
  const timeline = simulate(groups, run, end);
  const [fire, ...others] = timeline.fires(rule.alert);
  if (timeline.failure !== undefined || fire === undefined || others.length > 0) return undefined;
  if (fire.from < calm * step) return undefined;
  const group = new Map([...fire.labels].filter(([label]) => !rule.labels.has(label)));
  const checks: readonly Check[] = [
    silent(rule, fire.from - step),
    firing(rule, fire.from, group),
    ...(fire.until === undefined
      ? [firing(rule, end, group)]
      : [firing(rule, fire.until - step, group), silent(rule, fire.until)]),
  ];
  return {
    name: `${rule.alert}: fires where it is dcgm-exporter that shows it, for that device alone`,
    because: `From ${printDuration(calm * step)} on dcgm-exporter shows what the alert is about.`,
    ...run,
    checks,
  };
}

/** The tests that alerts fire from dcgm-exporter's series too. What they say otherwise, the tests with our own series prove. */
export function dcgmAlertSuites(model: Model): readonly Suite[] {
  const records = dcgmGroups(model);
  const made = new Set(
    records.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : []))),
  );
  return alertGroups(model).flatMap((home) =>
    home.rules.flatMap((rule): readonly Suite[] => {
      const course = rule.kind === 'alert' ? courses.get(rule.alert) : undefined;
      if (rule.kind !== 'alert' || course === undefined) return [];
      const isShown = (metric = ''): boolean => made.has(metric) || course.beside?.[metric] !== undefined;
      if (!selectors(rule.expr).every(({ metric }) => isShown(metric))) return [];
      const groups = [...recordsBehind(records, [rule]), { ...home, rules: [rule] }];
      const scenario = scenarioOf(model, rule, groups, course);
      const reason = 'what is made up of dcgm-exporter does not make it fire';
      return [
        {
          id: `dcgm-alert-${rule.alert}`,
          subject: `gpu.dcgm.alerts.${rule.alert}`,
          ruleFile: alertRuleFile(model),
          groups,
          scenarios: scenario === undefined ? [] : [scenario],
          untested: scenario === undefined ? [{ rule: rule.alert, reason }] : [],
          isBrokenElsewhere: true,
        },
      ];
    }),
  );
}
