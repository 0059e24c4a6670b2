import { expect, it } from 'vitest';
import { modelOf } from '../support/model.js';
import { boardNamed, modelOfCase, panelsOf, panelTitled, specWith } from './specs.js';

const drawn = (board: string, title: string): string | undefined =>
  panelTitled(boardNamed(modelOfCase('ims-core'), board), title).thresholdsFrom?.name;

it.each([
  ['service', 'Requests that fail', 'HighErrorRate'],
  ['service', 'Requests, p95', 'HighAPILatency'],
  ['service', 'Queue depth by queue', 'QueueDepthGrowing'],
  ['service', 'Cache hits by cache', 'LowCacheHitRate'],
  ['models', 'Rate limited by vendor', 'FrequentRateLimiting'],
  ['models', 'Model success by model', 'ModelSuccessRateDrop'],
  ['cost', 'Cost drift, p50 by vendor', 'HighCostDrift'],
  ['security', 'Policy violations by policy', 'HighPolicyViolationRate'],
])('%s: %s has the limit of %s', (board, title, alert) => {
  expect(drawn(board, title)).toBe(alert);
});

it('of two alerts on the same share, the one that fires first is drawn', () => {
  // CriticalErrorRate watches the same, above 0.2.
  expect(drawn('service', 'Requests that fail')).toBe('HighErrorRate');
});

const labels = 'labels: { kind: { description: Kind., registered: true, cap: 5 } }';
const depth = 'metrics: { things_depth: { type: gauge, help: Depth., labels: [kind] } }';

function limitOf(expr: string): string | undefined {
  const model = modelOf(
    specWith(
      `${labels}\n${depth}\nalerts: { Deep: { expr: '${expr}', for: 5m, severity: ticket, summary: Deep. } }`,
    ),
  );
  const panel = panelsOf(boardNamed(model, 'service')).find(
    ({ source, type }) => source.kind === 'metric' && type === 'timeseries',
  );
  return panel?.thresholdsFrom?.name;
}

it.each(['things_depth > 10', 'max by (kind) (things_depth) > 10', 'sum(things_depth) > 10'])(
  'a limit on the very metric is drawn: %s',
  (expr) => {
    expect(limitOf(expr)).toBe('Deep');
  },
);

it.each([
  'things_depth{kind="a"} > 10',
  'deriv(things_depth[10m]) > 10',
  'sum(things_depth) > 0 and sum(things_depth offset 1h) > 0',
  'max(things_depth) / 2 > 10',
])('a limit on something else is not: %s', (expr) => {
  expect(limitOf(expr)).toBeUndefined();
});

it('what alerts watch and no panel shows has a panel of its own, closed', () => {
  const row = boardNamed(modelOfCase('ims-core'), 'service').rows.find(
    ({ title }) => title === 'Watched by alerts',
  );
  expect(row?.collapsed).toBe(true);
  expect(row?.panels.map(({ thresholdsFrom }) => thresholdsFrom?.name)).toContain('ServiceDown');
});
