import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseExposition } from '../runtime/exposition.js';
import { Service } from './service.js';

const spec = `
version: 1
service: { name: shop, runbooks: https://runbooks.example.com }
labels:
  user: { description: Who bought., cap: 50 }
  shelf: { description: Where it stood., registered: true, cap: 10 }
  outcome: { description: How it ended., values: [sold, stolen] }
metrics:
  shop_sales_total: { type: counter, help: Sales., labels: [user, shelf, outcome] }
  shop_price_euros: { type: histogram, help: Prices., labels: [user, outcome], buckets: [1, 10] }
  shop_stock_items: { type: gauge, help: Stock., labels: [shelf] }
  shop_visits_total: { type: counter, help: Visits. }
`;

/** Sells 60 times: user 0..29, shelf 0..4, one in three is stolen. */
const program = `
import { register } from 'prom-client';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { labels, metrics, telemetry } from './esm/index.js';
import { operatorNotes, sayOperatorNotes } from './esm/runtime/metrics/operator.js';
const said = [];
diag.setLogger(Object.fromEntries(['verbose', 'debug', 'info', 'warn', 'error'].map((level) => [level, (text) => said.push(level + ' ' + text)])), { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true });
const shelves = ['s0', 's1', 's2', 's3', 's4'];
labels.shelf.register(shelves);
metrics.shopStockItems.observe(() => shelves.map((shelf, index) => [{ shelf }, index + 1]));
for (let index = 0; index < 60; index += 1) {
  const [user, shelf, outcome] = ['u' + index % 30, 's' + index % 5, index % 3 === 0 ? 'stolen' : 'sold'];
  metrics.shopSalesTotal.inc({ user, shelf, outcome });
  metrics.shopSalesTotal.with({ user, shelf, outcome }).inc(2);
  metrics.shopPriceEuros.observe({ user, outcome }, index / 4);
}
metrics.shopVisitsTotal.inc();
await register.metrics();
const page = await register.metrics();
sayOperatorNotes();
sayOperatorNotes();
console.log(JSON.stringify({ page, said, notes: operatorNotes(), caps: telemetry.stats().labels }));
`;

interface Printed {
  readonly page: string;
  readonly said: readonly string[];
  readonly notes: readonly string[];
  readonly caps: readonly { readonly label: string; readonly cap: number; readonly values: number }[];
}

let service: Service;
beforeAll(() => {
  service = new Service(spec);
});
afterAll(() => {
  service.remove();
});

function sold(environment: Readonly<Record<string, string>>): Printed {
  return service.json(program, { environment }) as Printed;
}

/** How many series a metric has, their sum, and the names of their labels. */
function summary(page: string, name: string): { series: number; sum: number; labels: readonly string[] } {
  const samples = parseExposition(page).filter((sample) => sample.name === name && sample.value !== 0);
  return {
    series: samples.length,
    sum: samples.reduce((sum, { value }) => sum + value, 0),
    labels: [...new Set(samples.flatMap(({ labels }) => [...labels.keys()]))].sort(),
  };
}

describe('an operator', () => {
  test('who says nothing changes nothing', () => {
    const { page, said, notes } = sold({});
    expect(summary(page, 'shop_sales_total')).toEqual({
      series: 30,
      sum: 180,
      labels: ['outcome', 'shelf', 'user'],
    });
    expect([said, notes]).toEqual([[], []]);
  });

  test('drops labels: their series become one, with the same sums', () => {
    const all = sold({}).page;
    const { page, said } = sold({ OBSGEN_LABELS: 'user=drop,shelf=drop' });
    expect(said).toEqual([]);
    expect(summary(page, 'shop_sales_total')).toEqual({ series: 2, sum: 180, labels: ['outcome'] });
    // What is read at scrape time is added up too.
    expect(summary(page, 'shop_stock_items')).toEqual({ series: 1, sum: 15, labels: [] });
    for (const part of ['_sum', '_count', '_bucket']) {
      const name = `shop_price_euros${part}`;
      expect(summary(page, name).sum, part).toBeCloseTo(summary(all, name).sum, 9);
    }
    expect(summary(page, 'shop_price_euros_count').series).toBe(2);
    expect(summary(page, 'obsgen_label_overflow_total').series).toBe(0);
    expect(summary(page, 'obsgen_dropped_total').series).toBe(0);
  });

  test('drops a label by the settings file, from the start on', () => {
    const file = service.write('settings.json', '{"sampling":0.5,"labels":{"user":{"drop":true}}}');
    const { page, said } = sold({ OBSGEN_SETTINGS_FILE: file });
    expect(said).toEqual([]);
    expect(summary(page, 'shop_sales_total')).toMatchObject({ sum: 180, labels: ['outcome', 'shelf'] });
  });

  test('drops a label whose values are fixed by the spec', () => {
    const { page } = sold({ OBSGEN_LABELS: 'outcome=drop' });
    expect(summary(page, 'shop_sales_total')).toEqual({ series: 30, sum: 180, labels: ['shelf', 'user'] });
    expect(summary(page, 'shop_price_euros_count')).toEqual({ series: 30, sum: 60, labels: ['user'] });
    expect(summary(page, 'obsgen_dropped_total').series).toBe(0);
  });

  test('lowers caps by a file: further values share one series, and are counted', () => {
    const file = service.write('labels.json', '{"labels":{"user":{"cap":4},"shelf":{"cap":2}}}');
    const { page, caps, said } = sold({ OBSGEN_LABELS_FILE: file });
    expect(said).toEqual([]);
    const users = new Set(
      parseExposition(page)
        .filter(({ name }) => name === 'shop_sales_total')
        .map(({ labels }) => labels.get('user')),
    );
    expect([...users].sort()).toEqual(['__other__', 'u0', 'u1', 'u2', 'u3']);
    expect(summary(page, 'shop_sales_total').sum).toBe(180);
    // The stock of three shelves is read into one row.
    expect(summary(page, 'shop_stock_items')).toEqual({ series: 3, sum: 15, labels: ['shelf'] });
    expect(page).toContain('shop_stock_items{shelf="__other__"} 12\n');
    expect(page).toMatch(/^obsgen_label_overflow_total\{metric="shop_sales_total",label="user"\} [1-9]/m);
    const held = Object.fromEntries(caps.map(({ label, cap, values }) => [label, [cap, values]]));
    expect(held).toMatchObject({ user: [4, 4], shelf: [2, 2], outcome: [2, 2] });
  });

  test('cannot raise a cap, cap fixed values or limit what does not exist, and is told so once', () => {
    const { page, said, notes, caps } = sold({ OBSGEN_LABELS: 'user=51,outcome=1,colour=drop,shelf=x' });
    expect(summary(page, 'shop_sales_total').series).toBe(30);
    expect(caps.find(({ label }) => label === 'user')?.cap).toBe(50);
    expect(notes).toEqual([
      expect.stringContaining('"shelf=x"') as string,
      expect.stringMatching(/cap 51 of user .* 50/) as string,
      expect.stringMatching(/outcome .* only be dropped/) as string,
      expect.stringContaining('no label colour') as string,
    ]);
    expect(said).toEqual(notes.map((note) => `warn limits of labels: ${note}`));
  });

  test('who writes a thousand mistakes is not told of all', () => {
    const text = Array.from({ length: 1000 }, (_, index) => `nothing${index}=drop`).join(',');
    const { notes } = sold({ OBSGEN_LABELS: text });
    expect(notes).toHaveLength(51);
    expect(notes.at(-1)).toBe('and 950 more');
  });
});
