import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { importOpenSlo, type Imported } from '../../src/openslo/import.js';
import { noteLine } from '../../src/openslo/notes.js';
import type { Model, Slo } from '../../src/model/model.js';
import { groupsOfSlo } from '../../src/slo/groups.js';
import { printPromql } from '../../src/promql/print.js';
import { modelOf } from '../support/model.js';

const read = (...texts: readonly string[]): Imported =>
  importOpenSlo(texts.map((text, index) => new SourceFile(`${'abc'[index] ?? 'x'}.yaml`, text)));

/** The model of a spec that consists of the fragment. */
function imported(...texts: readonly string[]): Model {
  const { spec, notes } = read(...texts);
  if (spec === undefined) throw new Error(notes.map(noteLine).join('\n'));
  return modelOf(`version: 1\nservice: { name: shop }\n${spec}`);
}

const lines = (...texts: readonly string[]): readonly string[] => read(...texts).notes.map(noteLine);

const metric = (query: string, type = 'Prometheus'): string =>
  `{ metricSource: { type: ${type}, spec: { query: ${JSON.stringify(query)} } } }`;

interface Keys {
  readonly indicator?: string;
  readonly objective?: string;
  readonly method?: string;
  readonly more?: string;
  readonly window?: string;
}

const good = metric('sum(rate(http_requests_total{code!~"5.."}[5m]))');
const total = metric('sum(rate(http_requests_total[5m]))');

const document = ({
  indicator = `ratioMetric: { counter: true, good: ${good}, total: ${total} }`,
  objective = 'target: 0.9995',
  method = 'Occurrences',
  more = '',
  window = '{ duration: 4w, isRolling: true }',
}: Keys = {}): string => `apiVersion: openslo/v1
kind: SLO
metadata: { name: availability, labels: { team: web } }
spec:
  description: Requests that are answered.
  service: shop
  indicator:
    metadata: { name: answered, displayName: Answered }
    spec: { ${indicator} }
  timeWindow: [${window}]
  budgetingMethod: ${method}
  objectives: [{ ${objective} }]
${more}`;

function only(model: Model): Slo {
  const [slo, ...others] = [...model.slos.values()];
  if (slo === undefined || others.length > 0) throw new Error('there is not exactly one objective');
  return slo;
}

const measured = (model: Model, name: string): string => {
  const rules = groupsOfSlo(model, only(model)).flatMap((group) => group.rules);
  const found = rules.find((rule) => rule.kind === 'record' && rule.record === name);
  return found === undefined ? '' : printPromql(found.expr);
};

describe('an SLO of OpenSLO', () => {
  it('becomes an objective with exact digits', () => {
    const slo = only(imported(document()));
    expect(slo).toMatchObject({ name: 'availability', objective: '99.95', owner: 'web' });
    expect(slo.period.text).toBe('28d');
    expect(slo.sli).toMatchObject({ name: 'answered', form: 'events', description: 'Answered' });
    expect(only(imported(document({ objective: 'targetPercent: 99.9' }))).objective).toBe('99.9');
  });

  it('has its queries taken apart into what they count', () => {
    const model = imported(document());
    expect(measured(model, 'slo:sli_total:rate5m')).toBe('sum(rate(http_requests_total[5m]))');
    expect(measured(model, 'slo:sli_bad:rate1h')).toContain('rate(http_requests_total{code!~"5.."}[1h])');
    expect(model.external.get('http_requests_total')?.type).toBe('counter');
    const increase = document({
      indicator: `ratioMetric: { counter: true, bad: ${metric('sum(increase(errors_total[{{.window}}])) + sum(increase(timeouts_total[$__rate_interval]))')}, total: ${metric('(requests_total)')} }`,
    });
    expect(measured(imported(increase), 'slo:sli_error:ratio_rate1h')).toBe(
      '(sum(rate(errors_total[1h])) + sum(rate(timeouts_total[1h]))) / (sum(rate(requests_total[1h])) > 0) >= 0',
    );
  });

  it('of any other queries becomes a share for any window', () => {
    const indicator = `ratioMetric: { good: ${metric('count_over_time(probe{ok="1"}[5m])')}, total: ${metric('count_over_time(probe[5m])')} }`;
    expect(measured(imported(document({ indicator })), 'slo:sli_error:ratio_rate1h')).toBe(
      '1 - (count_over_time(probe{ok="1"}[1h])) / (count_over_time(probe[1h]) > 0) >= 0',
    );
    const raw = (type: string, query: string): string =>
      measured(
        imported(document({ indicator: `ratioMetric: { rawType: ${type}, raw: ${metric(query)} }` })),
        'slo:sli_error:ratio_rate1h',
      );
    expect(raw('success', 'app:success:ratio')).toBe('1 - avg_over_time(app:success:ratio[1h]) >= 0');
    expect(raw('failure', 'sum(rate(a[1m])) / sum(rate(b[1m]))')).toBe(
      'sum(rate(a[1h])) / sum(rate(b[1h])) >= 0',
    );
    expect(raw('failure', 'max(a) / max(b)')).toBe('avg_over_time((max(a) / max(b))[1h:]) >= 0');
  });

  it('of numbers that go up and down is no count', () => {
    const indicator = `ratioMetric: { counter: false, good: ${metric('good_rate')}, total: ${metric('all_rate')} }`;
    expect(only(imported(document({ indicator }))).sli.form).toBe('query');
  });

  it('with a threshold is a share of time', () => {
    const keys = {
      indicator: `thresholdMetric: ${metric('max(queue_depth)')}`,
      objective: 'op: lte, value: 500, target: 0.99, timeSliceTarget: 1, timeSliceWindow: 1m',
      method: 'Timeslices',
    };
    expect(only(imported(document(keys))).sli).toMatchObject({ form: 'timeSlice', op: '<=', value: 500 });
    expect(lines(document({ ...keys, method: 'Occurrences' })).join('\n')).toContain('time is counted');
  });

  it('with slices compares the share of each', () => {
    const slices = document({
      method: 'Timeslices',
      objective: 'target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 5m',
    });
    expect(measured(imported(slices), 'slo:sli_bad:slice')).toContain('> 0) >= bool 0.95');
    expect(lines(document({ method: 'RatioTimeslices' })).join('\n')).toContain('events weigh the same');
  });

  it('with several objectives becomes several', () => {
    const two = document({ objective: 'displayName: inner, target: 0.999 }, { target: 0.99' });
    expect([...imported(two).slos.keys()]).toEqual(['availability-inner', 'availability-2']);
  });

  it('may name its parts, in other files too', () => {
    const slo = document()
      .replace(/ {2}indicator:\n.*\n.*\n/, '  indicatorRef: answered\n')
      .concat('  alertPolicies: [{ alertPolicyRef: fast }]\n');
    const sli = `apiVersion: openslo/v1
kind: SLI
metadata: { name: answered }
spec: { ratioMetric: { counter: true, good: { metricSource: { metricSourceRef: main, spec: { query: good_total } } }, total: { metricSource: { metricSourceRef: main, spec: { query: all_total } } } } }
---
apiVersion: openslo/v1
kind: DataSource
metadata: { name: main }
spec: { type: prometheus, connectionDetails: { url: x } }
`;
    const alerts = `apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: fast }
spec: { alertWhenBreaching: true, conditions: [{ conditionRef: burns }], notificationTargets: [{ targetRef: mail }] }
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: burns }
spec: { severity: sev1, condition: { kind: burnrate, op: gte, threshold: 10, lookbackWindow: 1h, alertAfter: 5m } }
`;
    const objective = only(imported(slo, sli, alerts));
    expect(objective.windows).toMatchObject([
      { severity: 'page', long: { text: '1h' }, short: { text: '5m' }, factor: 10 },
    ]);
    expect(objective.alerting.noData).toBeUndefined();
    expect(lines(slo, sli, alerts).join('\n')).toContain('c.yaml:9:19: the severity sev1 is a page');
  });
});

describe('what is lost', () => {
  it.each<readonly [Keys, string]>([
    [
      {
        window:
          '{ duration: 1M, isRolling: false, calendar: { startTime: 2022-01-01 12:00:00, timeZone: UTC } }',
      },
      'lost: a.yaml:10:60: the calendar: the last 30d count, at any time',
    ],
    [{ window: '{ duration: 1Q, isRolling: true }' }, 'assumed: a.yaml:10:28: 1Q has 90d'],
    [{}, 'assumed: a.yaml:1:1: it has no alert policy, and does not alert'],
    [
      {
        indicator: `ratioMetric: { counter: true, good: ${metric('sum by (route) (rate(a_total[5m]))')}, total: ${total} }`,
      },
      'grouping by route',
    ],
    [
      {
        indicator: `ratioMetric: { counter: true, good: { metricSource: { spec: { query: a_total } } }, total: ${total} }`,
      },
      'it names no type of source: read as PromQL',
    ],
  ])('is said with its place: %j', (keys, expected) => {
    expect(lines(document(keys)).join('\n')).toContain(expected);
  });
});

describe('what cannot be read', () => {
  it.each<readonly [string, string]>([
    [
      document({
        indicator: `ratioMetric: { counter: true, good: ${metric('x', 'Datadog')}, total: ${total} }`,
      }),
      'error: a.yaml:9:73: the source is Datadog, and only PromQL can be read',
    ],
    [
      document({ indicator: `ratioMetric: { good: ${metric('rate(x[5m]')}, total: ${total} }` }),
      'the query is no PromQL',
    ],
    [document({ objective: 'target: 1' }), 'error: a.yaml:12:26: an objective of 100 % cannot be'],
    [document({ objective: 'displayName: x' }), 'it has neither target nor targetPercent'],
    [document({ window: '{ duration: 3 weeks, isRolling: true }' }), '3 weeks is no duration'],
    [
      document().replace('openslo/v1', 'openslo/v1alpha'),
      'error: a.yaml:1:13: openslo/v1alpha cannot be read, only openslo/v1',
    ],
    ['apiVersion: v1\nkind: ConfigMap\n', 'error: a.yaml:1:13: this is no OpenSLO document'],
    ['version: 1\nservice: { name: shop }\n', 'error: a.yaml:1:1: this is no OpenSLO document'],
    ['apiVersion: openslo/v1\nkind: Slo\n', 'error: a.yaml:2:7: the kind is none of SLO, SLI'],
    [
      'apiVersion: openslo/v1\nkind: Service\nmetadata: { name: x }\nspec: {}\n',
      'there is no SLO in these files',
    ],
    ['a: [1\n', 'error: a.yaml:2:1: no YAML'],
    ['', 'error: a.yaml:1:1: there is nothing in it'],
    ['just text', 'this is no OpenSLO document'],
    [
      document().replace(/ {2}indicator:\n.*\n.*\n/, '  indicatorRef: nowhere\n'),
      'error: a.yaml:7:17: there is no SLI nowhere in these files',
    ],
    [`${document()}---\n${document()}`, 'there is another SLO availability'],
  ])('is an error with its place', (text, expected) => {
    const { spec } = read(text);
    expect(spec).toBeUndefined();
    expect(lines(text).join('\n')).toContain(expected);
  });
});
