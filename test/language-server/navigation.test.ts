import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../src/language-server/hover.js';
import { definitionOf, highlightsOf, referencesOf, symbolsOf } from '../../src/language-server/navigation.js';
import { foldsOf } from '../../src/language-server/folding.js';
import { renameEdits, renamable, RenameRefused } from '../../src/language-server/rename.js';
import { semanticTokens, tokenTypes } from '../../src/language-server/semantic-tokens.js';
import { applied, bySource } from '../../src/fix/text-edits.js';
import { testToday } from '../support/model.js';
import { main, opened, root, shop, shopWith, wholeOf, type Marked } from './marked.js';

const within = (text: string, old: string, marked: string): string => {
  if (text.split(old).length !== 2) throw new Error(`not once: ${old}`);
  return text.replace(old, () => marked);
};

describe('definition', () => {
  const lineOf = (marked: Marked): readonly string[] =>
    definitionOf(marked.documents, wholeOf(marked), marked.source, marked.offset).map(
      ({ uri, range }) => `${uri.replace(/.*\//, '')}:${marked.source.line(range.start.line + 1).trim()}`,
    );

  it.each([
    ['a metric in a query', shopWith('rate(orders_total{', 'rate(orders‸_total{'), 'orders_total: {'],
    [
      'a series of a histogram',
      shopWith('order_duration_seconds_bucket', 'order_duration_seconds_buc‸ket'),
      'order_duration_seconds:',
    ],
    ['a label of a metric', shopWith('labels: [outcome, item]', 'labels: [outcome, it‸em]'), 'item: {'],
    ['a label in a query', shopWith('sum by (product)', 'sum by (prod‸uct)'), 'item: {'],
    ['a label in a template', shopWith('$labels.product', '$labels.pro‸duct'), 'item: {'],
    ['an indicator', shopWith('{ sli: orders,', '{ sli: ord‸ers,'), 'orders: { events:'],
  ])('leads from %s to its declaration', (_, text, declared) => {
    const marked = opened(text);
    const [found] = lineOf(marked);
    expect(found).toContain(`observability.yaml:${declared}`);
  });

  it('leads into imported files and into presets', () => {
    const others = {
      [`${root}/labels.yaml`]: 'labels:\n  region: { description: Where., values: [eu, us] }\n',
    };
    const text = shopWith(
      'service: { name: shop }',
      'service: { name: shop }\nimports: [labels.yaml]\npresets: [cache]',
    );
    const marked = opened(
      within(text, 'labels: [outcome, item]', 'labels: [outcome, re‸gion, cache.cache]'),
      others,
    );
    const [region] = definitionOf(marked.documents, wholeOf(marked), marked.source, marked.offset);
    expect(region?.uri).toMatch(/labels\.yaml$/);
    const offset = marked.source.text.indexOf('cache.cache') + 2;
    const [preset] = definitionOf(marked.documents, wholeOf(marked), marked.source, offset);
    expect(preset?.uri).toMatch(/^file:.*\/presets\/cache\.yaml$/);
  });

  it('finds every place of a name', () => {
    const marked = opened(shopWith('  orders_total: {', '  orders‸_total: {'));
    const found = referencesOf(marked.documents, wholeOf(marked), marked.source, marked.offset, true);
    // Its declaration, an indicator twice, an alert.
    expect(found).toHaveLength(4);
    expect(highlightsOf(wholeOf(marked), marked.source, marked.offset)).toHaveLength(4);
  });
});

describe('rename', () => {
  function renamed(
    text: string,
    name: string,
    others: Readonly<Record<string, string>> = {},
  ): ReadonlyMap<string, string> {
    const marked = opened(text, others);
    const setting = { documents: marked.documents, main, today: testToday };
    const edits = renameEdits(setting, wholeOf(marked), marked.source, marked.offset, name);
    return new Map([...bySource(edits)].map(([source, own]) => [source.path, applied(source.text, own)]));
  }

  it('changes a metric wherever it stands, the parts of its histogram included', () => {
    const now = renamed(
      shopWith('  order_duration_seconds:\n', '  order_dur‸ation_seconds:\n'),
      'checkout_duration_seconds',
    );
    expect(now.get('observability.yaml')).toBe(
      shop.replaceAll('order_duration_seconds', 'checkout_duration_seconds'),
    );
  });

  it('changes a label that is called the same on the wire, and nothing that only looks like it', () => {
    const now =
      renamed(shopWith('  outcome: { description', '  out‸come: { description'), 'result').get(
        'observability.yaml',
      ) ?? '';
    expect(now).toContain('orders_total{result="failed"}');
    expect(now).toContain('labels: [result, item]');
    expect(now).toContain('outcome: { label: result, ok: ok, error: failed }');
    expect(now).not.toContain('{outcome=');
  });

  it('changes a label in the names of queries, which legends show', () => {
    const board = `dashboards:
  shop:
    title: Shop
    rows:
      - title: Orders
        panels:
          - title: Orders
            queries:
              '{{outcome}} of {{ product }}, outcome': sum by (outcome, product) (rate(orders_total[5m]))
`;
    const text = shopWith('  outcome: { description', '  out‸come: { description') + board;
    expect(renamed(text, 'result').get('observability.yaml')).toContain(
      "'{{result}} of {{ product }}, outcome': sum by (result, product) (rate(orders_total[5m]))",
    );
    const wire = shopWith('sum by (product)', 'sum by (prod‸uct)') + board;
    expect(renamed(wire, 'sku').get('observability.yaml')).toContain(
      "'{{outcome}} of {{ sku }}, outcome': sum by (outcome, sku) (rate(orders_total[5m]))",
    );
  });

  it('keeps the two names of a label with `as` apart', () => {
    const key = renamed(shopWith('  item: {', '  it‸em: {'), 'goods').get('observability.yaml') ?? '';
    expect(key).toContain('goods: { description: What was ordered., as: product');
    expect(key).toContain('sum by (product)');
    const wire =
      renamed(shopWith('sum by (product)', 'sum by (prod‸uct)'), 'sku').get('observability.yaml') ?? '';
    expect(wire).toContain('as: sku');
    expect(wire).toContain('sum by (sku)');
    expect(wire).toContain('$labels.sku');
    expect(wire).toContain('labels: [outcome, item]');
  });

  it('reaches other files', () => {
    const others = { [`${root}/slos.yaml`]: 'slos:\n  more: { sli: orders, objective: 95, period: 7d }\n' };
    const text = shopWith('service: { name: shop }', 'service: { name: shop }\nimports: [slos.yaml]');
    const now = renamed(within(text, '  orders: { events', '  ord‸ers: { events'), 'checkouts', others);
    expect(now.get('slos.yaml')).toContain('sli: checkouts');
    expect(now.get('observability.yaml')).toContain('orders: { sli: checkouts');
  });

  it.each([
    [
      'a name that is taken',
      shopWith('  orders_total: {', '  orders‸_total: {'),
      'order_duration_seconds',
      /already/,
    ],
    [
      'a malformed name',
      shopWith('  orders_total: {', '  orders‸_total: {'),
      'orders total',
      /no name for a metric/,
    ],
    [
      'a name that breaks a rule',
      shopWith('  orders_total: {', '  orders‸_total: {'),
      'orders_bucket',
      /OBS3/,
    ],
    ['a place without a name', shopWith('version: 1', 'ver‸sion: 1'), 'x', /no name of this spec/],
  ])('refuses %s', (_, text, name, message) => {
    expect(() => renamed(text, name)).toThrow(RenameRefused);
    expect(() => renamed(text, name)).toThrow(message);
  });

  it('refuses the names of presets', () => {
    const marked = opened(
      within(
        shopWith('service: { name: shop }', 'service: { name: shop }\npresets: [cache]'),
        'labels: [outcome, item]',
        'labels: [outcome, cache.ca‸che]',
      ),
    );
    expect(() => renamable(wholeOf(marked), marked.source, marked.offset)).toThrow(
      /comes from the preset `cache`/,
    );
  });
});

describe('hover', () => {
  const text = (marked: Marked): string => {
    const { contents } =
      hoverAt(marked.source, marked.offset, marked.project.whole, marked.project.diagnostics) ?? {};
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };

  it.each([
    [
      'a metric',
      shopWith('rate(orders_total{', 'rate(orders‸_total{'),
      ['**orders_total**: counter', 'at most 20 values', 'Read by'],
    ],
    [
      'a bucket',
      shopWith('order_duration_seconds_bucket', 'order_duration_seconds_buc‸ket'),
      ['cumulative', 'Buckets: 0.1, 0.5, 1, 5'],
    ],
    [
      'a label',
      shopWith('  outcome: { description', '  out‸come: { description'),
      ['ok, failed', 'On `orders_total`'],
    ],
    ['a span', shopWith('  shop.order:', '  shop.or‸der:'), ['server span', 'order_duration_seconds']],
    [
      'an objective',
      shopWith('  orders: { sli', '  ord‸ers: { sli'),
      ['99% of orders over 30d', '| page | 1h | 5m | 14.4 |'],
    ],
    [
      'a function',
      shopWith('histogram_quantile', 'histogram_qu‸antile'),
      ['histogram_quantile(scalar, instant vector)'],
    ],
    ['a duration', shopWith('for: 5m', 'for: 5‸m'), ['300 seconds']],
    [
      'a key',
      shopWith('severity: ticket\n    summary: Orders are', 'sev‸erity: ticket\n    summary: Orders are'),
      ['severity', 'page'].slice(1).concat(),
    ],
  ])('says what is known of %s', (_, marked, expected) => {
    const found = text(opened(marked));
    for (const each of expected) expect(found).toContain(each);
  });

  it('explains the code of a finding', () => {
    const found = text(opened(shopWith('rate(orders_total{', 'rate(order‸_total{')));
    expect(found).toContain('**error OBS3110**');
  });
});

describe('symbols, folds and colours', () => {
  it('lists the entries of sections', () => {
    const { source } = opened(shop);
    const alerts = symbolsOf(source).find(({ name }) => name === 'alerts');
    expect(alerts?.children?.map(({ name }) => name)).toEqual(['ManyFailures', 'Slow']);
  });

  it('folds what takes several lines', () => {
    const { source } = opened(shop);
    const line = source.text.split('\n').indexOf('  Slow:');
    expect(foldsOf(source)).toContainEqual({ startLine: line, endLine: source.lineStarts.length - 2 });
  });

  it('colours the parts of queries', () => {
    const marked = opened(shop);
    const data = semanticTokens(marked.source, wholeOf(marked).model);
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 4);
      line += down;
      character = down === 0 ? character + right : right;
      words.push(
        `${tokenTypes[type] ?? ''} ${marked.source.line(line + 1).slice(character, character + length)}`,
      );
    }
    expect(words).toEqual(
      expect.arrayContaining([
        'variable orders_total',
        'property outcome',
        'string "ok"',
        'function rate',
        'number 5m',
      ]),
    );
  });
});
