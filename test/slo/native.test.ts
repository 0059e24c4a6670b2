import { describe, expect, it } from 'vitest';
import { printPromql } from '../../src/promql/print.js';
import { groupsOfSlo } from '../../src/slo/groups.js';
import { expectValid, ruleFiles } from '../emit/prometheus/rules.js';
import { modelOf } from '../support/model.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = `
version: 1
service: { name: shop }
labels:
  route: { description: Route., values: [a, b] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [route] }
external:
  proxy_duration_seconds: { type: histogram, native: true, labels: [route, code] }
slis:
  fast: { latency: { histogram: proxy_duration_seconds, threshold: 250ms, matchers: '{code="200"}' } }
slos:
  fast: { sli: fast, objective: 99, period: 30d, by: [route] }
`;

describe('latency on a native histogram', () => {
  const model = modelOf(spec);
  const [slo] = [...model.slos.values()];
  const exprs = new Map(
    (slo === undefined ? [] : groupsOfSlo(model, slo))
      .flatMap(({ rules }) => rules)
      .map((rule) => [rule.kind === 'record' ? rule.record : rule.alert, printPromql(rule.expr)]),
  );

  it('needs no bucket at the threshold', () => {
    expect(exprs.get('slo:sli_total:rate5m')).toBe(
      'histogram_count(sum by (route) (rate(proxy_duration_seconds{code="200"}[5m])))',
    );
    expect(exprs.get('slo:sli_bad:rate5m')).toContain('histogram_fraction(0, 0.25, sum by (route) (rate(');
  });

  it('counts nothing as nothing, and not as NaN', () => {
    expect(exprs.get('slo:sli_bad:rate5m')).toMatch(
      /\* \(histogram_count\(.*\) > 0\) or 0 \* histogram_count\(/,
    );
  });
});

describeWithPromtool('rules on a native histogram', () => {
  it('are taken by Prometheus', () => {
    expectValid(ruleFiles(spec));
  });
});
