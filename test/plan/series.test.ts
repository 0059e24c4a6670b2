import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/model.js';
import type { Scale } from '../../src/plan/scale.js';
import { allSets } from '../../src/plan/series/all.js';
import type { SeriesSet } from '../../src/plan/series/series-set.js';
import { shop } from './specs.js';

const one: Scale = { instances: 1, regions: 1, share: 0.1 };

function setOf(model: Model, name: string, scale: Partial<Scale> = {}): SeriesSet {
  const found = allSets(model, { ...one, ...scale }).find((set) => set.name === name);
  if (found === undefined) throw new Error(`there is no set ${name}`);
  return found;
}

describe('the metrics of a spec', () => {
  test('closed labels count as they are declared, capped ones at their cap and one more, or at a share of it', () => {
    expect(setOf(shop(), 'shop_open_orders')).toMatchObject({ worst: 21, expected: 2 });
    expect(setOf(shop(), 'shop_open_orders', { share: 0.5 }).expected).toBe(10);
    expect(setOf(shop(), 'shop_open_orders', { share: 1 }).expected).toBe(20);
  });

  test('a histogram has its buckets, +Inf, sum and count in each row', () => {
    expect(setOf(shop(), 'shop_wait_seconds').worst).toBe(2 * (4 + 3));
  });

  test('each instance has its own', () => {
    const many = setOf(shop(), 'shop_open_orders', { instances: 7 });
    expect(many).toMatchObject({ worst: 147, expected: 14, ofInstance: { worst: 21, expected: 2 } });
  });

  test('the fullest region counts where there are several', () => {
    expect(setOf(shop(), 'shop_open_orders', { instances: 7, regions: 3 }).expected).toBe(6);
  });

  test('a row is there once something has happened: at a low load most are not', () => {
    const traffic = (perSecond: number): Model =>
      shop(`traffic: { sales: { metric: shop_sales_total, perSecond: ${perSecond} } }`);
    // Ten events a day, over two products and five towns.
    const few = setOf(traffic(10 / 86_400), 'shop_sales_total');
    expect(few.expected).toBeGreaterThan(2);
    expect(few.expected).toBeLessThan(8);
    expect(few.basis).toContain('declared');
    expect(setOf(traffic(100), 'shop_sales_total').expected).toBeCloseTo(10, 5);
    // The same load over a thousand instances leaves each of them next to nothing.
    expect(setOf(traffic(10 / 86_400), 'shop_sales_total', { instances: 1000 }).expected).toBeLessThan(11);
  });

  test('what the runtime makes at the start is there without any load', () => {
    const model =
      shop(`slis: { orders: { events: { total: shop_orders_total, bad: 'shop_orders_total{result="error"}' } } }
slos: { orders: { sli: orders, objective: 99, period: 30d } }
traffic: { orders: { metric: shop_orders_total, perSecond: 0.000001 } }`);
    expect(setOf(model, 'shop_orders_total')).toMatchObject({ worst: 2, expected: 2 });
    expect(setOf(model, 'shop_orders_total').basis).toContain('at the start');
  });
});

describe('what comes with it', () => {
  test('Prometheus writes five series of each scrape', () => {
    expect(setOf(shop(), 'up, scrape_*', { instances: 3 })).toMatchObject({ worst: 15, expected: 15 });
  });

  test('the runtime counts losses, of which none are expected', () => {
    const lost = setOf(shop(), 'obsgen_dropped_total');
    expect(lost.expected).toBe(0);
    expect(lost.worst).toBe(4 * 5);
  });

  test('a rule records one series for each group, whatever the number of instances', () => {
    const model = shop(`slis: { wait: { latency: { histogram: shop_wait_seconds, threshold: 1s } } }
slos: { wait: { sli: wait, objective: 99, period: 30d, by: [result] } }`);
    const scale = { instances: 40 };
    expect(setOf(model, 'slo:sli_error:ratio_rate5m', scale)).toMatchObject({
      worst: 2,
      expected: 2,
      ofInstance: undefined,
      basis: 'by result',
    });
    expect(setOf(model, 'slo:objective:ratio', scale)).toMatchObject({ worst: 1, expected: 1 });
  });

  test('objectives share the names of their records, not their groups', () => {
    const model = shop(`slis: { wait: { latency: { histogram: shop_wait_seconds, threshold: 1s } } }
slos:
  one: { sli: wait, objective: 99, period: 30d, by: [result] }
  other: { sli: wait, objective: 99, period: 30d }`);
    const sizes = allSets(model, one)
      .filter(({ name }) => name === 'slo:current_burn_rate:ratio')
      .map(({ expected }) => expected);
    expect(sizes).toEqual([2, 1]);
  });

  test('an alert of a single series is counted for each instance at worst, and not at all while nothing is wrong', () => {
    const model = shop(`alerts:
  Waiting: { expr: shop_open_orders > 5, for: 5m, severity: ticket, summary: Orders wait. }
  WaitingAnywhere: { expr: sum(shop_open_orders) > 5, for: 5m, severity: ticket, summary: Orders wait. }`);
    const alert = (name: string): Partial<SeriesSet> => setOf(model, name, { instances: 4 });
    expect(alert('Waiting')).toMatchObject({ worst: 3 * 21 * 4, expected: 0 });
    expect(alert('WaitingAnywhere')).toMatchObject({ worst: 3, expected: 0 });
  });

  test('parts are counted where there is a stack', () => {
    const sources = (model: Model): ReadonlySet<string> =>
      new Set(allSets(model, one).map(({ source }) => source));
    expect(sources(shop()).has('parts')).toBe(false);
    expect(sources(shop('stack: {}')).has('parts')).toBe(true);
  });

  test('spans are counted by their bounded labels, in each Collector, up to what it lets through', () => {
    const spans = (attributes: string, stack = '{}'): SeriesSet =>
      setOf(
        shop(`spans: { shop.order: { kind: server, attributes: { ${attributes} } } }
traffic: { orders: { metric: shop_orders_total, perSecond: 100 } }
stack: ${stack}`),
        'traces_span_metrics_*',
      );
    // A counter; the buckets of 16 bounds and +Inf, the sum and the count.
    const row = 1 + 16 + 3;
    const plain = spans('note: { type: string }');
    expect(plain.expected).toBeCloseTo(2 * row, 1);
    // An open label is no dimension: anything may stand in it.
    expect(spans('town: { label: town }').expected).toBeCloseTo(plain.expected, 1);
    expect(spans('product: { label: product }').expected).toBeCloseTo(2 * plain.expected, 1);
    expect(spans('product: { label: product }', '{ collector: { instances: 3 } }').expected).toBeCloseTo(
      3 * 2 * plain.expected,
      0,
    );
    expect(plain.worst).toBe(500 * row);
  });
});
