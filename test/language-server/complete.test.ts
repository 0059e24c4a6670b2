import { describe, expect, it } from 'vitest';
import { complete } from '../../src/language-server/complete/complete.js';
import { opened, shop, shopWith, wholeOf, type Marked } from './marked.js';

function itemsAt({ source, offset, project }: Marked) {
  return complete(source, offset, project.whole?.model);
}

function labels(marked: string): readonly string[] {
  return itemsAt(opened(marked))
    .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** Completion while a file is being typed: names come from the model that was there before the last keystrokes. */
function labelsWhileTyping(now: string): readonly string[] {
  const before = opened(shop);
  wholeOf(before);
  const after = opened(now);
  return complete(after.source, after.offset, wholeOf(before).model).map(({ label }) => label);
}

describe('keys', () => {
  it('come in the order of the schema, those that are needed first', () => {
    const found = labels(shopWith('  Slow:\n', '  New:\n    ‸\n  Slow:\n'));
    expect(found.slice(0, 2)).toEqual(['severity', 'summary']);
    expect(found).toContain('keepFiringFor');
  });

  it('are not offered twice, nor beside another form', () => {
    const found = labels(shopWith('    for: 5m\n', '    for: 5m\n    ‸\n'));
    expect(found).not.toContain('for');
    expect(found).not.toContain('ratio');
    expect(found).toContain('runbook');
  });

  it('say what they are for', () => {
    const items = itemsAt(opened(shopWith('service: { name: shop }', 'service: { name: shop, ‸ }')));
    const owner = items.find(({ label }) => label === 'owner');
    expect(owner?.detail).toBe('string');
    expect(owner?.documentation).toMatch(/\w+/);
    expect(owner?.textEdit).toMatchObject({ newText: 'owner: ' });
  });
});

describe('values', () => {
  it.each([
    ['a word of the schema', shopWith('type: counter', 'type: ‸'), ['counter', 'gauge', 'histogram']],
    ['the presets that are not named yet', `presets: [agent, ‸]\n${shop}`, ['http', 'node']],
    [
      'labels that a metric does not have yet',
      shopWith('labels: [outcome, item]', 'labels: [outcome, ‸]'),
      ['item'],
    ],
    ['the indicators', shopWith('{ sli: orders,', '{ sli: ‸,'), ['orders']],
    [
      'the metrics',
      shopWith('record: { duration: order_duration_seconds }', 'record: { duration: ‸ }'),
      ['order_duration_seconds'],
    ],
  ])('are %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expect.arrayContaining(expected));
  });

  it('do not hold what is in the list already', () => {
    expect(labels(shopWith('labels: [outcome, item]', 'labels: [outcome, ‸]'))).not.toContain('outcome');
  });
});

describe('PromQL', () => {
  it('offers series, the parts of histograms among them, and functions', () => {
    const items = itemsAt(
      opened(
        shopWith('expr: sum by (product) (rate(orders_total{outcome="failed"}[5m])) > 1', 'expr: sum(‸'),
      ),
    );
    const names = items.map(({ label }) => label);
    expect(names).toEqual(
      expect.arrayContaining(['orders_total', 'order_duration_seconds_bucket', 'rate', 'sum']),
    );
    expect(names).not.toContain('order_duration_seconds');
    const rate = items.find(({ label }) => label === 'rate');
    expect(rate?.detail).toBe('rate(range vector): instant vector');
    const orders = items.find(({ label }) => label === 'orders_total');
    expect(orders?.detail).toBe('counter · outcome, product');
  });

  it('offers the labels of the metric, by their names on the wire', () => {
    const found = labels(shopWith('good: \'orders_total{outcome="ok"}\'', "good: 'orders_total{‸}'"));
    expect(found).toEqual(['outcome', 'product', 'job', 'instance']);
  });

  it('offers the bound of a bucket where there are buckets', () => {
    expect(
      labels(shopWith('order_duration_seconds_bucket[5m]', 'order_duration_seconds_bucket{‸}[5m]')),
    ).toContain('le');
    expect(
      labels(shopWith('order_duration_seconds_bucket[5m]', 'order_duration_seconds_bucket{le="‸"}[5m]')),
    ).toEqual(['0.1', '0.5', '1', '5', '+Inf']);
  });

  it('offers the values of a closed label, and none of an open one', () => {
    expect(labels(shopWith('{outcome="ok"}', '{outcome="‸"}'))).toEqual(['ok', 'failed']);
    expect(labels(shopWith('{outcome="ok"}', '{product="‸"}'))).toEqual([]);
  });

  it('offers labels of the metrics in the query to group by', () => {
    expect(labels(shopWith('sum by (le)', 'sum by (le, ‸)'))).toEqual(['outcome', 'job', 'instance']);
  });

  it('offers durations in brackets', () => {
    expect(labels(shopWith('{outcome="failed"}[5m]', '{outcome="failed"}[‸]'))).toContain('5m');
  });

  it.each([
    ['a quote that is open', "    expr: 'sum(rate(orders_total{‸"],
    ['a plain text that YAML takes apart', '    expr: sum(rate(orders_total{‸'],
    ['a block', '    expr: |\n      sum(rate(orders_total{‸'],
  ])('goes on in %s', (_, line) => {
    const text = `${shop}  Half:\n${line}`;
    expect(labelsWhileTyping(text)).toEqual(expect.arrayContaining(['outcome', 'product']));
  });

  it('replaces the word that is there', () => {
    const marked = opened(
      shopWith('rate(orders_total{outcome="failed"}', 'rate(ord‸ers_total{outcome="failed"}'),
    );
    const item = itemsAt(marked).find(({ label }) => label === 'orders_total');
    const line = shop.split('\n').findIndex((each) => each.includes('rate(orders_total{outcome="failed"}'));
    const character = (shop.split('\n')[line] ?? '').indexOf('orders_total');
    expect(item?.textEdit).toMatchObject({
      range: { start: { line, character }, end: { line, character: character + 'orders_total'.length } },
    });
  });
});
