import { describe, expect, it } from 'vitest';
import { analysisOf, environmentOf } from '../../../src/model/analysis.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { modelOf } from '../../support/model.js';

const model = modelOf(`version: 1
service: { name: shop }
labels:
  tool: { description: Tool., cap: 8 }
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool, outcome] }
  call_seconds: { type: histogram, help: Time of a call., labels: [tool], buckets: [0.1, 1, 5] }
slis:
  success: { events: { total: calls_total, good: 'calls_total{outcome="ok"}' } }
  p95: { quantile: { histogram: call_seconds, q: 0.95, by: [tool] } }
slos:
  success: { sli: success, objective: 99, period: 30d, by: [tool] }
alerts:
  Unusual: { anomaly: { query: 'sum(rate(calls_total[5m]))', season: 1d, deviations: 3 }, for: 5m, severity: ticket, summary: Unusual. }
`);

function analysed(query: string) {
  const { expr } = parsePromql(query);
  if (expr === undefined) throw new Error(`no PromQL: ${query}`);
  return analysisOf(model, expr, 'alert');
}

describe('what the rules of a spec record', () => {
  it.each([
    ['slo:sli_error:ratio_rate5m', 'service slo tool'],
    ['slo:objective:ratio', 'service slo'],
    ['slo_info', 'objective period service sli slo'],
    ['sli:quantile:rate5m', 'quantile service sli tool'],
    ['anomaly:residual', 'anomaly service'],
  ])('%s has the labels %s', (name, labels) => {
    const { value } = analysed(name);
    expect([value.labels?.closed, [...(value.labels?.labels ?? [])].sort().join(' ')]).toEqual([
      true,
      labels,
    ]);
  });

  it('is known by its unit, its range and what it was made of', () => {
    expect(analysed('slo:objective:ratio').value.constant).toBe(0.99);
    expect(analysed('sli:quantile:rate5m').value).toMatchObject({
      nature: 'quantile',
      unit: 'seconds',
      range: { low: 0, high: 5 },
    });
    expect(analysed('slo:sli_total:rate5m').value.nature).toBe('rate');
  });

  it.each([
    ['rate(slo:sli_total:rate5m[1h]) > 1', 'OBS3122'],
    ['sum by (outcome) (slo:sli_error:ratio_rate5m) > 0.1', 'OBS3140'],
    ['sli:quantile:rate5m{quantile="0.95"} > 90', 'OBS3138'],
    ['avg(sli:quantile:rate5m) > 1', 'OBS3136'],
    ['slo:objective:ratio > 1', 'OBS3151'],
    ['slo:sli_error:ratio_rate5m > on (slo) group_left () slo:error_budget:ratio', undefined],
    ['slo:current_burn_rate:ratio{slo="success"} > 2', undefined],
    ['slo:nobody_records:this > 2', undefined],
  ])('%s: %s', (query, code) => {
    expect(analysed(query).findings.map((each) => each.code)).toEqual(code === undefined ? [] : [code]);
  });

  it('is worked out only when it is asked for', () => {
    expect(environmentOf(model).recorded('calls_total')).toBeUndefined();
    expect(environmentOf(model)).toBe(environmentOf(model));
  });
});
