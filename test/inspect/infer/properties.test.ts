import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPage } from '../../../src/inspect/exposition/read-page.js';
import { infer } from '../../../src/inspect/infer/infer.js';
import { analysisOf } from '../../../src/inspect/infer/repair.js';
import { seriesNamed } from '../../../src/model/series.js';

const today = '2026-01-01';

const word = fc.constantFrom(
  'http',
  'queue',
  'job',
  'cache',
  'user',
  'mail',
  'order',
  'index',
  'x',
  'status',
);
const name = fc
  .tuple(word, word, fc.constantFrom('', '_seconds', '_bytes', '_ms', '_ratio', '_count', '_info', '_sum'))
  .map(([a, b, end]) => `${a}_${b}${end}`);
const value = fc.oneof(
  fc.constantFrom(
    'GET',
    'POST',
    'ok',
    'failed',
    '200',
    '500',
    'true',
    'a b',
    'ä"\\\n',
    '',
    'hit',
    'miss',
    '__proto__',
  ),
  fc.uuid(),
  fc.string({ maxLength: 70 }).filter((each) => !/[\uD800-\uDFFF]/.test(each)),
);
const label = fc.constantFrom(
  'method',
  'status',
  'route',
  'job',
  'id',
  'le_',
  'result',
  'constructor',
  'outcome',
  '__x',
  'labels',
);
const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 });

interface Made {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';
  readonly labels: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly bounds: readonly number[];
}

const made: fc.Arbitrary<Made> = fc
  .record({
    name,
    type: fc.constantFrom('counter', 'gauge', 'histogram', 'summary', 'untyped'),
    labels: fc.uniqueArray(label, { maxLength: 3 }),
    bounds,
  })
  .chain((each) =>
    fc
      .array(fc.tuple(...each.labels.map(() => value)), { minLength: 1, maxLength: 5 })
      .map((rows) => ({ ...each, rows })),
  );

const escaped = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, ' ');

/** The page that a service with these metrics has. */
function pageOf(metrics: readonly Made[]): string {
  return metrics
    .map(({ name: metric, type, labels, rows, bounds: written }) => {
      const lines = rows.flatMap((row, index) => {
        const own = labels.map((each, at) => `${each}="${escaped(row[at] ?? '')}"`);
        const sample = (suffix: string, number: number, extra: readonly string[] = []): string =>
          `${metric}${suffix}{${[...own, ...extra].join(',')}} ${number}`;
        if (type !== 'histogram') return [sample('', index)];
        const ascending = [...written].sort((a, b) => a - b);
        return [
          ...ascending.map((bound, at) => sample('_bucket', at, [`le="${bound}"`])),
          sample('_bucket', 9, ['le="+Inf"']),
          sample('_sum', 5),
          sample('_count', 9),
        ];
      });
      return [`# TYPE ${metric} ${type}`, ...lines].join('\n');
    })
    .join('\n');
}

test('a spec knows every series of the page that it was made of, and has no error', () => {
  fc.assert(
    fc.property(fc.uniqueArray(made, { maxLength: 6, selector: (each) => each.name }), (metrics) => {
      const page = readPage(`${pageOf(metrics)}\n`);
      const { text } = infer({
        pages: [{ name: 'page', page }],
        code: [],
        rules: [],
        dashboards: [],
        service: { name: 'demo' },
        today,
      });
      const { model, diagnostics } = analysisOf(text, today);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (model === undefined) throw new Error('no model');
      for (const { samples } of page.families) {
        for (const sample of samples) {
          const found = seriesNamed(model, sample.name)?.metric;
          expect(found, sample.name).toBeDefined();
          if (found === undefined || !('buckets' in found)) continue;
          for (const [wire, written] of sample.labels) {
            if (wire === 'le' || model.service.selector.has(wire)) continue;
            const declared = found.labels.find((each) => each.wire === wire);
            expect(declared, `${sample.name}{${wire}}`).toBeDefined();
            if (declared?.bound.kind === 'closed' && written !== '')
              expect(declared.bound.values).toContain(written);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
