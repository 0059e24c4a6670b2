import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../support/model.js';

/** A spec whose first panel asks for a week at each point; `suppress` and a key of the panel are filled in. */
function spec(suppress: string, panel = `{ title: Week, query: 'sum(increase(calls_total[7d]))' }`): string {
  return `
version: 1
service: { name: shop }
metrics:
  calls_total: { type: counter, help: Calls. }
${suppress === '' ? '' : `suppress: [{ code: ${suppress}, reason: meant }]`}
dashboards:
  shop:
    title: Shop
    rows:
      - title: Calls
        panels:
          - ${panel}
`;
}

function codesOf(yaml: string): readonly string[] {
  return diagnosticsOf(yaml).map(({ code }) => code);
}

const week = 'OBS3520, at: dashboards.shop.rows.0.panels.0';

describe('exclusions of findings on dashboards', () => {
  it('accept a finding of the linter at its panel', () => {
    expect(codesOf(spec(''))).toEqual(['OBS3520']);
    expect(codesOf(spec(week))).toEqual([]);
  });

  it('are reported where they exclude nothing', () => {
    expect(codesOf(spec(week, '{ title: Calls, metric: calls_total }'))).toEqual(['OBS3050']);
    expect(codesOf(spec('OBS3508, at: dashboards.shop', '{ title: Calls, metric: calls_total }'))).toEqual([
      'OBS3050',
    ]);
  });

  it('are not called idle while an error stands in the way of building the dashboard', () => {
    const broken = `{ title: Week, query: 'sum(increase(calls_total[7d])) by' }`;
    expect(codesOf(spec(week, broken))).toEqual(['OBS3101']);
  });

  it('accept findings of the checks too', () => {
    const rate = `{ title: Calls, query: 'sum(rate(calls_total[5m]))' }`;
    expect(codesOf(spec('', rate))).toEqual(['OBS3508']);
    expect(codesOf(spec('OBS3508, at: dashboards.shop.rows.0.panels.0.query', rate))).toEqual([]);
  });
});
