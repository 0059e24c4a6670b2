import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { painter } from '../../../src/diagnostics/render/style.js';
import { analyseTrace } from '../../../src/inspect/trace/analysis/analyse-trace.js';
import { severalOf } from '../../../src/inspect/trace/analysis/several.js';
import { conventionalVocabulary } from '../../../src/inspect/trace/analysis/vocabulary.js';
import { readBytes, Unreadable } from '../../../src/inspect/trace/read/bytes.js';
import { Intake } from '../../../src/inspect/trace/read/intake.js';
import { printTracePage } from '../../../src/inspect/trace/render/html.js';
import { printTracesJson } from '../../../src/inspect/trace/render/json.js';
import { printTraces } from '../../../src/inspect/trace/render/pretty-several.js';
import { printTrace } from '../../../src/inspect/trace/render/pretty.js';
import { tracesOf } from '../../../src/inspect/trace/tree/build.js';
import { analysed, type GivenSpan } from './support.js';

/** Any spans: parents may be anything, also themselves, missing, or later. */
const anySpans = fc
  .array(
    fc.record({
      parent: fc.integer({ min: -3, max: 25 }),
      from: fc.integer({ min: 0, max: 1000 }),
      length: fc.integer({ min: -5, max: 600 }),
      kind: fc.integer({ min: 0, max: 6 }),
      service: fc.constantFrom('a', 'b', 'c'),
      error: fc.boolean(),
      tool: fc.constantFrom(undefined, 'search', 'fetch'),
      cost: fc.constantFrom(undefined, 0, 1, 2.5),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((given) =>
    given.map(({ parent, from, length, kind, service, error, tool, cost }, index): GivenSpan => ({
      ...{ id: `s${index}`, from, to: from + length, kind, service, error },
      ...(parent < 0 ? {} : { parent: `s${parent}` }),
      attributes: {
        ...(tool === undefined ? {} : { 'gen_ai.tool.name': tool }),
        ...(cost === undefined ? {} : { 'gen_ai.usage.cost': cost }),
      },
    })),
  );

/** Spans of one thread: each child within its parent, none beside another. */
const oneThread: fc.Arbitrary<readonly GivenSpan[]> = fc
  .array(
    fc.record({
      depth: fc.integer({ min: 0, max: 6 }),
      before: fc.integer({ min: 0, max: 20 }),
      own: fc.integer({ min: 0, max: 20 }),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    type Open = { id: string; parent?: string; from: number; to: number };
    const root: Open = { id: 'root', from: 0, to: 0 };
    const open = [root];
    const all = [root];
    let now = 0;
    for (const [index, { depth, before, own }] of steps.entries()) {
      while (open.length > depth + 1) (open.pop() ?? root).to = now;
      now += before;
      const span = { id: `s${index}`, parent: (open.at(-1) ?? root).id, from: now, to: now };
      all.push(span);
      open.push(span);
      now += own;
    }
    for (const each of open) each.to = now;
    return all;
  });

describe('whatever the spans', () => {
  it('have a path whose segments touch each other, do not overlap, and cover the whole trace', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const { trace, path } = analysed(spans);
        const ends = path.segments.map(({ to }) => to);
        const starts = path.segments.map(({ from }) => from);
        expect(starts.slice(1)).toEqual(ends.slice(0, -1));
        expect(path.segments.every(({ from, to }) => to > from)).toBe(true);
        const start = trace.roots.length === 1 ? trace.start[trace.roots[0] ?? 0] : 0;
        const end = trace.roots.length === 1 ? Math.max(path.answeredAt, ends.at(-1) ?? 0) : trace.duration;
        if (path.segments.length > 0) expect([starts[0], ends.at(-1)]).toEqual([start, end]);
        else expect(end).toBe(start);
      }),
    );
  });

  it('are on the path only while they ran', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const { trace, path } = analysed(spans);
        for (const { span, from, to } of path.segments) {
          if (span === -1) continue;
          expect(from).toBeGreaterThanOrEqual(trace.start[span] ?? NaN);
          expect(to).toBeLessThanOrEqual(trace.end[span] ?? NaN);
        }
      }),
    );
  });

  it('have a time of their own from nothing to all of it, and each stands once in the tree', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const { trace, self } = analysed(spans);
        for (const [span, own] of self.entries()) {
          expect(own).toBeGreaterThanOrEqual(0);
          expect(own).toBeLessThanOrEqual((trace.end[span] ?? 0) - (trace.start[span] ?? 0));
        }
        expect([...trace.order].sort((a, b) => a - b)).toEqual([...trace.spans.keys()]);
      }),
    );
  });

  it('cost at least what the most expensive says, and at most what all say together', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const said = spans.map(({ attributes }) => Number(attributes?.['gen_ai.usage.cost'] ?? 0));
        const { usage } = analysed(spans);
        const sum = usage.reduce((total, { cost }) => total + (cost ?? 0), 0);
        expect(sum).toBeGreaterThanOrEqual(Math.max(0, ...said) - 1e-9);
        expect(sum).toBeLessThanOrEqual(said.reduce((total, each) => total + each, 0) + 1e-9);
      }),
    );
  });

  it('are printed in lines no wider than the terminal', () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 70, max: 140 }), (spans, columns) => {
        const text = printTrace(analysed(spans), {
          paint: painter(false),
          columns,
          rows: 8,
          currency: undefined,
          notes: [],
        });
        const waterfall = text.slice(text.indexOf('Waterfall'), text.indexOf('\n\nTime by span'));
        for (const line of waterfall.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 40 },
    );
  });
});

describe('spans of one thread', () => {
  it('have times of their own that add up to the root', () => {
    fc.assert(
      fc.property(oneThread, (spans) => {
        const { self, trace } = analysed(spans);
        expect(self.reduce((sum, each) => sum + each, 0)).toBe(trace.duration);
      }),
    );
  });

  it('are on the critical path with all of it', () => {
    fc.assert(
      fc.property(oneThread, (spans) => {
        const { self, path } = analysed(spans);
        expect([...path.onPath]).toEqual([...self]);
      }),
    );
  });
});

/** JSON with the keys that are looked for, and anything in them. */
const keys = [
  'resourceSpans',
  'batches',
  'trace',
  'data',
  'resource',
  'attributes',
  'scopeSpans',
  'spans',
  'traceId',
  'traceID',
  'spanId',
  'parentSpanId',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'startTime',
  'duration',
  'status',
  'code',
  'events',
  'links',
  'key',
  'value',
  'stringValue',
  'intValue',
  'arrayValue',
  'values',
  'processes',
  'processID',
  'tags',
  'references',
  '__proto__',
];
const { tree: hostile } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8, depthSize: 'large' },
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      1e300,
      '1760000000000000000',
      '99999999999999999999',
      'zz',
      '0000',
      '',
    ),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 6 }),
  ),
}));
/** The same with the outer shape right, so that the spans themselves are reached. */
const hostileSpans = fc
  .array(fc.dictionary(fc.constantFrom(...keys), hostile, { maxKeys: 8 }), { maxLength: 4 })
  .map((spans) => ({
    resourceSpans: [
      {
        scopeSpans: [{ spans: spans.map((span) => ({ startTimeUnixNano: '1760000000000000000', ...span })) }],
      },
    ],
    data: [{ spans }],
  }));

describe('whatever a file holds', () => {
  const words = conventionalVocabulary;

  it('is analysed and printed, or refused in words', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, hostileSpans, fc.string()),
        fc.integer({ min: 0, max: 3 }),
        (document, cut) => {
          const text = typeof document === 'string' ? document : JSON.stringify(document);
          const intake = new Intake(1000);
          try {
            readBytes(Buffer.from(text.slice(0, text.length - cut), 'utf8'), intake);
          } catch (error) {
            expect(error).toBeInstanceOf(Unreadable);
            return;
          }
          const traces = tracesOf({ spans: intake.spans, dateOf: intake.dateOf.bind(intake) });
          const analyses = traces.map((trace) =>
            analyseTrace(trace, { words, leastGap: undefined, prices: undefined }),
          );
          const several = severalOf(analyses);
          const options = { paint: painter(false), columns: 80, rows: 10, currency: undefined, notes: [] };
          for (const each of analyses) printTrace(each, options);
          printTraces(several, [], options);
          JSON.parse(printTracesJson(several, { currency: undefined, notes: intake.notes }));
          printTracePage(several, { notes: [], currency: undefined });
        },
      ),
      { numRuns: 400 },
    );
  });
});
