import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { Label, Metric, Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';
import { checkPages, codesOf, findings, liveCheck } from './support.js';
import { OtlpRequests } from '../../../src/inspect/live-check/otlp/requests.js';
import { decodeRequest } from '../../../src/inspect/live-check/otlp/descriptor.js';
import { Pages } from '../../../src/inspect/live-check/pages.js';

const names = ['run', 'queue', 'tool', 'model', 'disk', 'page', 'lease'] as const;
const units = ['seconds', 'bytes', 'ratio', ''] as const;

const labelSpec = fc.oneof(
  fc.record({
    description: fc.constant('A label.'),
    values: fc.uniqueArray(fc.constantFrom('ok', 'failed', 'timeout', 'denied', 'x-1'), { minLength: 1 }),
  }),
  fc.record({
    description: fc.constant('A label.'),
    cap: fc.integer({ min: 1, max: 6 }),
    registered: fc.constant(true),
  }),
);

const metricSpec = fc.record({
  type: fc.constantFrom('counter', 'gauge', 'histogram'),
  unit: fc.constantFrom(...units),
  labels: fc.subarray(['a', 'b', 'c']),
  buckets: fc.uniqueArray(
    fc.integer({ min: 1, max: 400 }).map((each) => each / 8),
    { minLength: 1, maxLength: 8 },
  ),
  range: fc.boolean(),
});

/** Any model of a few metrics that share a few labels. */
const anyModel: fc.Arbitrary<Model> = fc
  .record({
    labels: fc.record({ a: labelSpec, b: labelSpec, c: labelSpec }),
    metrics: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), metricSpec), {
      minLength: 1,
      maxLength: 5,
      selector: ([name]) => name,
    }),
  })
  .map(({ labels, metrics }) => {
    const declared = metrics.map(([stem, { type, unit, labels: of, buckets, range }]) => {
      const base =
        unit === '' || (unit === 'ratio' && type !== 'gauge') ? `${stem}_things` : `${stem}_${unit}`;
      const name = type === 'counter' ? `${base}_total` : base;
      return [
        name,
        {
          type,
          help: `Help of ${name}, with "quotes" and a \\ in it.`,
          labels: of,
          ...(type === 'histogram' ? { buckets: buckets.toSorted((x, y) => x - y) } : {}),
          ...(type === 'gauge' && range ? { range: [0, 1] } : {}),
        },
      ] as const;
    });
    const spec = {
      version: 1,
      service: { name: 'any', owner: 'nobody' },
      labels,
      metrics: Object.fromEntries(declared),
    };
    return modelOf(JSON.stringify(spec));
  });

/** What is done wrong to one metric, and what has to be found. */
const faults = [
  'extra label',
  'missing label',
  'wrong type',
  'odd value',
  'above the cap',
  'out of range',
  'other buckets',
  'unknown metric',
] as const;
type Fault = (typeof faults)[number];
type FaultOrNone = Fault | 'none';

const codeOf: Readonly<Record<Fault, string>> = {
  'extra label': 'OBS6021',
  'missing label': 'OBS6022',
  'wrong type': 'OBS6012',
  'odd value': 'OBS6023',
  'above the cap': 'OBS6024',
  'out of range': 'OBS6031',
  'other buckets': 'OBS6014',
  'unknown metric': 'OBS6011',
};

function isPossible(fault: Fault, { labels, range, type }: Metric): boolean {
  switch (fault) {
    case 'missing label':
      return labels.length > 0;
    case 'odd value':
      return labels.some(({ bound }) => bound.kind === 'closed');
    case 'above the cap':
      return labels.some(({ bound }) => bound.kind !== 'closed');
    case 'out of range':
      return range !== undefined;
    case 'other buckets':
      return type === 'histogram';
    default:
      return true;
  }
}

/** Values of a label that a service may record: anything a label can be, where nothing is listed. */
function valuesOf({ bound }: Label, drawn: readonly string[]): readonly string[] {
  if (bound.kind === 'closed') return bound.values;
  return drawn.filter((value) => value !== '__other__').slice(0, bound.cap);
}

/** A page that prom-client makes of a model; one metric of it has a fault. */
async function pageOf(
  model: Model,
  subject: string,
  fault: FaultOrNone,
  drawn: readonly string[],
  amount: number,
): Promise<string> {
  const registry = new Registry();
  for (const metric of model.metrics.values()) {
    const isSubject = metric.name === subject;
    const is = (wanted: Fault): boolean => isSubject && fault === wanted;
    const type = is('wrong type') ? (metric.type === 'gauge' ? 'counter' : 'gauge') : metric.type;
    const labels = metric.labels.slice(is('missing label') ? 1 : 0);
    const labelNames = [...labels.map(({ wire }) => wire), ...(is('extra label') ? ['more'] : [])];
    const shared = { name: metric.name, help: metric.help, labelNames, registers: [registry] };
    const buckets = is('other buckets') ? [...metric.buckets, 1000] : [...metric.buckets];
    const value = is('out of range') ? 2 : metric.range === undefined ? amount : Math.min(1, amount);
    const made =
      type === 'counter'
        ? new Counter(shared)
        : type === 'gauge'
          ? new Gauge(shared)
          : new Histogram({ ...shared, buckets });
    const rows = Math.max(1, ...labels.map((label) => valuesOf(label, drawn).length));
    const extra = (label: Label): readonly string[] => {
      if (is('odd value') && label.bound.kind === 'closed') return ['never declared'];
      if (is('above the cap') && label.bound.kind !== 'closed')
        return Array.from({ length: label.bound.cap + 1 }, (_, index) => `beyond-${index}`);
      return [];
    };
    const more = Math.max(0, ...labels.map((label) => extra(label).length));
    for (let row = 0; row < rows + more; row += 1) {
      const of = Object.fromEntries(
        labels.map((label) => {
          const [good, bad] = [valuesOf(label, drawn), extra(label)];
          return [
            label.wire,
            row < rows ? (good[row % good.length] ?? '') : (bad[row - rows] ?? good[0] ?? ''),
          ];
        }),
      );
      const set = is('extra label') ? { ...of, more: 'x' } : of;
      if (made instanceof Histogram) made.observe(set, value);
      else made.inc(set, value);
      if (made instanceof Gauge) made.set(set, value);
    }
  }
  if (fault === 'unknown metric')
    new Gauge({ name: 'something_else', help: 'Nobody knows.', registers: [registry] }).set(1);
  return registry.metrics();
}

const drawn = fc.uniqueArray(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((text) => !/[\r\u2028\u2029]/.test(text)),
  {
    minLength: 6,
    maxLength: 6,
  },
);
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });

describe('a page of any model', () => {
  it('has no findings, and covers all of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, drawn, amount, async (model, values, value) => {
        const page = await pageOf(model, '', 'none', values, value);
        const result = checkPages([page, page], { model, minCoverage: 1 });
        expect(findings(result).filter(({ code }) => code !== 'OBS6025')).toEqual([]);
        expect(result.coverage).toMatchObject([{ signal: 'metrics', unseen: [] }]);
      }),
      { numRuns: 60 },
    );
  });

  it('shows each fault that is put into it', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyModel,
        drawn,
        amount,
        fc.constantFrom(...faults),
        fc.nat(),
        async (model, values, value, fault, index) => {
          const possible = [...model.metrics.values()].filter((metric) => isPossible(fault, metric));
          const subject = possible[index % Math.max(1, possible.length)];
          fc.pre(subject !== undefined);
          const page = await pageOf(model, subject.name, fault, values, value);
          const codes = codesOf(checkPages([page], { model })).filter((code) => code !== 'OBS6025');
          expect([...new Set(codes)]).toEqual([codeOf[fault]]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('anything at all', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '# TYPE runs_total counter',
      '# TYPE x histogram',
      'x_bucket{le="x"} 1',
      'x_count NaN',
      '# EOF',
      'runs_total{outcome="failed"} 1e999',
    ),
  );

  it('on a page is read without harm', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const check = liveCheck();
        new Pages(check).add({ target: 'page', text: lines.join('\n'), contentType: undefined });
        check.finish();
      }),
      { numRuns: 300 },
    );
  });

  it('in a request as JSON is read without harm', () => {
    const key = fc.constantFrom(
      'resourceMetrics',
      'resourceSpans',
      'resourceLogs',
      'scopeMetrics',
      'metrics',
      'sum',
      'dataPoints',
      'name',
      'attributes',
      'key',
      'value',
      'stringValue',
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 8 },
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 2 }),
        fc.dictionary(key, tie('any'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(any, (request) => {
        const check = liveCheck();
        new OtlpRequests(check).add(request, { path: 'request', line: 1 });
        check.finish();
      }),
      { numRuns: 300 },
    );
  });

  it('as protobuf is decoded or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('metrics', 'traces', 'logs'),
        fc.uint8Array({ maxLength: 200 }),
        (signal, bytes) => {
          const check = liveCheck();
          let request: unknown;
          try {
            request = decodeRequest(signal, bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            return;
          }
          new OtlpRequests(check).add(request, { path: 'request', line: 1 });
          check.finish();
        },
      ),
      { numRuns: 500 },
    );
  });
});
