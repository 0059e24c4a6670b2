import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/inspect/trace/read/bytes.js';
import { Intake } from '../../../src/inspect/trace/read/intake.js';
import { analysed, otlpOf, tracesFrom, tracesFromText, type GivenSpan } from './support.js';

const client = 3;
const server = 2;
const kinds = (spans: readonly GivenSpan[]): readonly string[] =>
  tracesFrom(spans).flatMap(({ notes }) => notes.map(({ kind, count }) => `${kind} ${count}`));

describe('the tree', () => {
  it('keeps the longer of two spans with one id', () => {
    const [trace] = tracesFrom([
      { id: 'a', from: 0, to: 5 },
      { id: 'a', from: 0, to: 10 },
    ]);
    expect(trace?.spans).toHaveLength(1);
    expect(trace?.duration).toBe(10e6);
    expect(trace?.notes.map(({ text }) => text)).toEqual([
      '1 span came more than once; the longest of each stays',
    ]);
  });

  it('puts a server that shares its id with the client below it', () => {
    const [trace] = tracesFrom([
      { id: 'a', name: 'client', from: 0, to: 10, kind: client },
      { id: 'a', name: 'server', from: 2, to: 8, kind: server, service: 'other' },
      { id: 'b', parent: 'a', name: 'query', from: 3, to: 7, service: 'other' },
    ]);
    expect(trace?.spans.map(({ name }) => name)).toEqual(['client', 'server', 'query']);
    expect([...(trace?.parent ?? [])]).toEqual([-1, 0, 1]);
  });

  it('takes a span whose parent is not there for a root', () => {
    expect(kinds([{ id: 'a', parent: 'lost', from: 0, to: 5 }])).toEqual(['orphans 1']);
  });

  it('cuts circles, also of a span that is its own parent', () => {
    const spans: GivenSpan[] = [
      { id: 'a', parent: 'c', from: 7, to: 10 },
      { id: 'b', parent: 'a', from: 0, to: 10 },
      { id: 'c', parent: 'b', from: 6, to: 10 },
      { id: 'd', parent: 'd', from: 7, to: 8 },
    ];
    const [trace] = tracesFrom(spans);
    expect(trace?.roots.map((root) => trace.spans[root]?.name)).toEqual(['b', 'd']);
    expect(kinds(spans)).toEqual(['cycles 2', 'several-roots 2']);
  });

  it('takes a span that ends before its start for one without duration', () => {
    const [trace] = tracesFrom([{ id: 'a', from: 5, to: 1 }]);
    expect(trace?.duration).toBe(0);
    expect(kinds([{ id: 'a', from: 5, to: 1 }])).toEqual(['negative-durations 1']);
  });

  it('separates the traces of a file, by their start', () => {
    const traces = tracesFrom([
      { id: 'a', from: 50, to: 60, trace: 'second' },
      { id: 'b', from: 0, to: 10, trace: 'first' },
    ]);
    expect(traces.map(({ spans }) => spans[0]?.name)).toEqual(['b', 'a']);
    expect(traces.map(({ startedAt }) => startedAt)).toEqual([1_760_000_000_000, 1_760_000_000_050]);
  });
});

describe('clocks', () => {
  const call = (shift: number, id = '1', from = 0): GivenSpan[] => [
    { id: `c${id}`, parent: 'root', name: 'call', from: from + 10, to: from + 60, kind: client },
    {
      id: `s${id}`,
      parent: `c${id}`,
      name: 'served',
      from: from + 20 + shift,
      to: from + 50 + shift,
      kind: server,
      service: 'other',
    },
    {
      id: `q${id}`,
      parent: `s${id}`,
      name: 'query',
      from: from + 30 + shift,
      to: from + 40 + shift,
      service: 'other',
    },
  ];
  const root: GivenSpan = { id: 'root', from: 0, to: 200 };
  const startOf = (spans: readonly GivenSpan[], name: string): number | undefined => {
    const [trace] = tracesFrom(spans);
    const span = trace?.spans.findIndex((each) => each.name === name) ?? -1;
    return trace === undefined || trace.start[span] === undefined ? undefined : trace.start[span] / 1e6;
  };

  it('are left alone where a call fits into its caller', () => {
    expect(startOf([root, ...call(9)], 'served')).toBe(29);
    expect(kinds([root, ...call(9)])).toEqual([]);
  });

  it.each([
    [500, 'ahead of'],
    [-500, 'behind'],
  ])('are corrected where the server is %d ms off, for all that it did', (shift, how) => {
    const spans = [root, ...call(shift)];
    expect(startOf(spans, 'served')).toBe(20);
    expect(startOf(spans, 'query')).toBe(30);
    const [trace] = tracesFrom(spans);
    expect(trace?.notes.map(({ text }) => text)).toEqual([
      `the clock of other was 500 ms ${how} that of agent; corrected`,
    ]);
  });

  it('are left alone, and pointed out, where no one offset explains all calls', () => {
    const spans = [root, ...call(500), ...call(-500, '2', 100)];
    expect(kinds(spans)).toContain('clock-contradiction 1');
    expect(tracesFrom(spans)[0]?.notes.at(-1)?.text).toBe(
      'the clocks of other and agent disagree, and no one offset explains all calls; left as they are',
    );
  });
});

describe('what files hold', () => {
  const spans: GivenSpan[] = [
    { id: 'a', from: 0, to: 10, error: true, attributes: { 'gen_ai.agent.name': 'planner' } },
    { id: 'b', parent: 'a', from: 2, to: 8, kind: client },
  ];
  const otlp = otlpOf(spans) as { resourceSpans: object[] };
  const facts = (text: string): unknown => {
    const [trace] = tracesFromText(text);
    return trace?.spans.map(({ traceId, id, parentId, name, kind, isError, service }) => ({
      traceId,
      id,
      parentId,
      name,
      kind,
      isError,
      service,
    }));
  };
  const expected = facts(JSON.stringify(otlp));

  it('is an export request of OTLP, laid out or not', () => {
    expect(facts(JSON.stringify(otlp, undefined, 2))).toEqual(expected);
  });

  it.each([
    ['Tempo, v1', { batches: otlp.resourceSpans }],
    ['Tempo, v2', { trace: { resourceSpans: otlp.resourceSpans } }],
    ['Jaeger, v3', { result: { resourceSpans: otlp.resourceSpans } }],
  ])('is an answer of %s', (_, answer) => {
    expect(facts(JSON.stringify(answer))).toEqual(expected);
  });

  it('is one request on each line, with a byte order mark and lines that are none', () => {
    const [one = {}, other = {}] = spans.map((span) => otlpOf([span]));
    const text = `\ufeff${JSON.stringify(one)}\n\n{"broken\n${JSON.stringify(other)}\r\n`;
    expect(facts(text)).toEqual(expected);
  });

  it('has ids in base64 and enumerations by name, as protobuf’s own JSON has them', () => {
    const text = JSON.stringify(otlp, (key, value: unknown) => {
      if (/^(?:traceId|(?:parentS|s)panId)$/.test(key))
        return Buffer.from(String(value), 'hex').toString('base64');
      if (key === 'kind') return value === client ? 'SPAN_KIND_CLIENT' : 'SPAN_KIND_INTERNAL';
      return key === 'code' ? 'STATUS_CODE_ERROR' : value;
    });
    expect(facts(text)).toEqual(expected);
  });

  it('is Jaeger’s own form, in microseconds, with references instead of parents', () => {
    const jaeger = {
      data: [
        {
          traceID: '7472616365',
          processes: { p1: { serviceName: 'agent', tags: [{ key: 'hostname', value: 'h' }] } },
          spans: [
            {
              spanID: '61',
              operationName: 'a',
              processID: 'p1',
              startTime: 1_760_000_000_000_000,
              duration: 10_000,
              tags: [{ key: 'error', value: true }],
              references: [],
            },
            {
              spanID: '62',
              operationName: 'b',
              processID: 'p1',
              startTime: 1_760_000_000_002_000,
              duration: 6000,
              tags: [{ key: 'span.kind', value: 'client' }],
              references: [{ refType: 'CHILD_OF', traceID: '7472616365', spanID: '61' }],
            },
          ],
        },
      ],
    };
    expect(facts(JSON.stringify(jaeger))).toEqual(expected);
    const [trace] = tracesFromText(JSON.stringify(jaeger));
    expect([...(trace?.end ?? [])]).toEqual([10e6, 8e6]);
  });

  it.each([
    ['', 'it is empty'],
    ['{"resourceSpans": []}', 'it holds no span'],
    ['{"resourceMetrics": []}', 'it holds metrics or logs, and no spans'],
    ['{"traces": [{"traceID": "1"}]}', 'it lists traces that a search found, without their spans'],
    ['[1, 2]', 'it is JSON of another form'],
    ['what', 'it is no JSON: '],
    ['\u001f\u008b', 'it begins as gzip, and cannot be unpacked: '],
  ])('is refused where it is %j', (text, message) => {
    const bytes = Buffer.from(text, 'latin1').toString('latin1');
    const read = (): unknown => (text.startsWith('\u001f') ? readRaw(bytes) : tracesFromText(bytes));
    expect(read).toThrow(message);
  });
});

function readRaw(latin1: string): unknown {
  const intake = new Intake(10);
  readBytes(Buffer.from(latin1, 'latin1'), intake);
  return intake;
}

describe('errors', () => {
  it('are told where they arose, with what failed of it, and whether the root did', () => {
    const { failures, trace } = analysed([
      { id: 'root', from: 0, to: 100 },
      { id: 'run', parent: 'root', from: 0, to: 90, error: true },
      { id: 'step', parent: 'run', from: 0, to: 80, error: true },
      { id: 'call', parent: 'step', from: 0, to: 70, error: true, attributes: { 'error.type': 'timeout' } },
    ]);
    expect(
      failures.map(({ span, above, reachesRoot, type }) => [
        trace.spans[span]?.name,
        above.map((each) => trace.spans[each]?.name),
        reachesRoot,
        type,
      ]),
    ).toEqual([['call', ['step', 'run'], false, 'timeout']]);
  });
});
