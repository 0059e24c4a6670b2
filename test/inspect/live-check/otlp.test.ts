import { describe, expect, it } from 'vitest';
import {
  escapedName,
  labelName,
  nameWithSuffixes,
  unitWords,
} from '../../../src/inspect/live-check/otlp/prometheus-name.js';
import {
  attributes,
  checkRequests,
  codesOf,
  metricsRequest,
  onlyFinding,
  pointedAt,
  recordRequest,
  spanRequest,
} from './support.js';

describe('names in Prometheus', () => {
  // Those of the compatibility specification and of the tests that otlptranslator documents its rules by.
  it.each([
    ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
    ['http.server.active_requests', '{request}', 'sum', 'http_server_active_requests'],
    ['system.network.io', 'By', 'counter', 'system_network_io_bytes_total'],
    ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
    ['runs', '1', 'counter', 'runs_total'],
    ['runs_total', '', 'counter', 'runs_total'],
    ['run_duration_seconds', 's', 'histogram', 'run_duration_seconds'],
    ['total_runs', '', 'counter', 'runs_total'],
    ['disk.throughput', 'By/s', 'gauge', 'disk_throughput_bytes_per_second'],
    ['requests', '{request}/min', 'gauge', 'requests_per_min'],
    ['2xx', '', 'gauge', '_2xx'],
    ['a..b__c', '', 'gauge', 'a_b_c'],
    ['memory.used', 'MiBy', 'gauge', 'memory_used_mebibytes'],
    ['temperature', 'Cel', 'gauge', 'temperature_celsius'],
    ['odd', 'furlong', 'gauge', 'odd_furlong'],
  ] as const)('of %s in %s as %s is %s', (name, unit, kind, wanted) => {
    expect(nameWithSuffixes({ name, unit, isCounter: kind === 'counter', isGauge: kind === 'gauge' })).toBe(
      wanted,
    );
  });

  it('without suffixes', () => {
    expect(escapedName('run.duration-2')).toBe('run_duration_2');
    expect(escapedName('2xx')).toBe('_2xx');
  });

  it('of labels', () => {
    expect(labelName('http.route')).toBe('http_route');
    expect(labelName('http_route')).toBe('http_route');
    expect(labelName('2xx')).toBe('key_2xx');
  });

  it('of units', () => {
    expect(unitWords('By/s')).toEqual({ main: 'bytes', per: 'second' });
    expect(unitWords('/s')).toEqual({ main: '', per: 'second' });
    expect(unitWords('{token}')).toEqual({ main: '', per: '' });
  });
});

const point = (value: number, of: Record<string, unknown> = {}, start = '1'): object => ({
  attributes: attributes(of),
  startTimeUnixNano: start,
  ...(Number.isInteger(value) ? { asInt: String(value) } : { asDouble: value }),
});
const sum = (name: string, points: readonly object[], more: object = {}): object => ({
  name,
  sum: { dataPoints: points, aggregationTemporality: 2, isMonotonic: true, ...more },
});
const histogram = (
  name: string,
  unit: string,
  bounds: readonly number[],
  counts: readonly number[],
): object => ({
  name,
  unit,
  histogram: {
    aggregationTemporality: 2,
    dataPoints: [
      {
        attributes: [],
        startTimeUnixNano: '1',
        count: String(counts.reduce((total, each) => total + each, 0)),
        sum: 3,
        bucketCounts: counts.map(String),
        explicitBounds: bounds,
      },
    ],
  },
});

describe('metrics', () => {
  it('match under their own names, and under those that Prometheus gives them', () => {
    const own = checkRequests([
      metricsRequest(
        sum('runs_total', [point(1, { outcome: 'failed' })]),
        histogram('run_duration_seconds', 's', [0.1, 1, 10], [1, 2, 0, 1]),
        { name: 'busy_ratio', unit: '1', gauge: { dataPoints: [point(0.5)] } },
      ),
    ]);
    const translated = checkRequests([
      metricsRequest(
        sum('runs', [point(1, { outcome: 'failed' })]),
        histogram('run.duration', 's', [0.1, 1, 10], [1, 2, 0, 1]),
        { name: 'busy', unit: '1', gauge: { dataPoints: [point(0.5)] } },
      ),
    ]);
    for (const result of [own, translated]) {
      expect(codesOf(result)).toEqual([]);
      expect(result.coverage).toMatchObject([
        { signal: 'metrics', seen: ['runs_total', 'run_duration_seconds', 'busy_ratio'] },
      ]);
    }
  });

  it.each([
    ['OBS6011', sum('jobs', [point(1)]), '`jobs` (`jobs_total` in Prometheus) is not declared'],
    [
      'OBS6012',
      sum('runs', [point(1, { outcome: 'failed' })], { isMonotonic: false }),
      '`runs` is a gauge; declared is `runs_total`, a counter',
    ],
    [
      'OBS6013',
      histogram('run.duration', 'ms', [0.1, 1, 10], [1, 0, 0, 0]),
      '(`run_duration_milliseconds` in Prometheus) is in milliseconds; declared is `run_duration_seconds`',
    ],
    [
      'OBS6013',
      histogram('run_duration_seconds', 'ms', [0.1, 1, 10], [1, 0, 0, 0]),
      'is in milliseconds, and declared in seconds',
    ],
    [
      'OBS6014',
      histogram('run.duration', 's', [0, 5, 10], [1, 0, 0, 0]),
      '0, 5 are not declared, 0.1, 1 are missing',
    ],
    ['OBS6021', sum('runs', [point(1, { outcome: 'failed', 'http.route': '/' })]), 'the label `http_route`'],
    ['OBS6022', sum('runs', [point(1)]), 'has no label `outcome`'],
    ['OBS6023', sum('runs', [point(1, { outcome: 'odd' })]), '`odd`, which is not among its values'],
    ['OBS6031', { name: 'busy', unit: '1', gauge: { dataPoints: [point(2)] } }, 'is 2, outside of its range'],
  ] as const)('%s: %#', (code, metric, words) => {
    const result = checkRequests([metricsRequest(metric)]);
    expect(codesOf(result)).toEqual([code]);
    expect(onlyFinding(result, code).message).toContain(words);
  });

  it('show the series that was seen', () => {
    const { range } = onlyFinding(
      checkRequests([metricsRequest(sum('runs', [point(7, { outcome: 'odd' })]))]),
      'OBS6023',
    );
    expect(range?.source.text).toBe('runs{outcome="odd"} 7');
    expect(range?.source.path).toBe('otlp');
  });

  it('go down only where they did not begin again', () => {
    const send = (value: number, start: string, more: object = {}): object =>
      metricsRequest(sum('runs', [point(value, { outcome: 'failed' }, start)], more));
    expect(codesOf(checkRequests([send(5, '1'), send(3, '1')]))).toEqual(['OBS6032']);
    expect(codesOf(checkRequests([send(5, '1'), send(3, '2')]))).toEqual([]);
    const delta = { aggregationTemporality: 1 };
    expect(codesOf(checkRequests([send(5, '1', delta), send(3, '1', delta)]))).toEqual([]);
  });

  it('may say that nothing was recorded', () => {
    const stale = { ...point(1, { outcome: 'odd' }), flags: 1 };
    expect(checkRequests([metricsRequest(sum('runs', [stale]))]).counts.samples).toBe(0);
  });

  it('have no bounds as exponential histograms, and are held against the rest of what is declared', () => {
    const exponential = (point: object): object =>
      metricsRequest({
        name: 'run.duration',
        unit: 's',
        exponentialHistogram: { dataPoints: [{ scale: 2, ...point }], aggregationTemporality: 2 },
      });
    const whole = { count: '3', zeroCount: '1', positive: { offset: 1, bucketCounts: ['1', '0', '1'] } };
    const result = checkRequests([exponential(whole)]);
    const { message, range } = onlyFinding(result, 'OBS6014');
    expect(message).toBe(
      '`run.duration` is an exponential histogram: it has no bounds to compare with the 3 that are declared',
    );
    expect(range?.source.text.slice(range.start, range.end)).toBe('exponential histogram');
    const odd = { ...whole, count: '4', negative: { offset: 0, bucketCounts: ['2'] } };
    expect(codesOf(checkRequests([exponential(odd)]))).toEqual(['OBS6033', 'OBS6014']);
    const labelled = { ...whole, attributes: [{ key: 'user', value: { stringValue: 'u' } }] };
    expect(codesOf(checkRequests([exponential(labelled)]))).toEqual(['OBS6021', 'OBS6014']);
  });
});

describe('spans', () => {
  const good = {
    outcome: 'completed',
    outcome_reason: 'x',
    tokens: 3,
    share: 1,
    tags: ['a'],
    'error.type': 'E',
  };

  it('are as declared', () => {
    const result = checkRequests([spanRequest('agent.run', good), spanRequest('agent.step', {}, 1)]);
    expect(result.diagnostics).toEqual([]);
    expect(result.coverage).toMatchObject([{ signal: 'spans', unseen: [] }]);
  });

  it.each([
    ['OBS6041', spanRequest('agent.rum'), 'agent.rum', 'span `agent.rum` is not declared'],
    ['OBS6042', spanRequest('agent.run', good, 3), 'client', 'is of kind client, and declared as server'],
    ['OBS6043', spanRequest('agent.run', { ...good, extra: 1 }), 'extra', 'the attribute `extra`'],
    [
      'OBS6044',
      spanRequest('agent.run', { ...good, tokens: '3' }),
      'tokens',
      'is of type string, and declared as int',
    ],
    ['OBS6044', spanRequest('agent.run', { ...good, tags: 'a' }), 'tags', 'declared as string[]'],
    ['OBS6045', spanRequest('agent.run', { ...good, key: 'hunter2' }), 'key', 'declared as secret'],
    [
      'OBS6023',
      spanRequest('agent.run', { ...good, outcome: 'ok' }),
      'ok',
      '`ok`, which is not among the values',
    ],
  ] as const)('%s: %#', (code, request, place, words) => {
    const result = checkRequests([request]);
    expect(codesOf(result)).toEqual([code]);
    expect(pointedAt(onlyFinding(result, code))).toBe(place);
    expect(onlyFinding(result, code).message).toContain(words);
  });

  it('of libraries are not the spec’s business', () => {
    expect(
      codesOf(checkRequests([spanRequest('GET /', {}, 3, '@opentelemetry/instrumentation-http')])),
    ).toEqual([]);
  });

  it('that are missing are noted', () => {
    const { message } = onlyFinding(checkRequests([spanRequest('agent.run', good)]), 'OBS6019');
    expect(message).toBe('1 span of 2 never seen: agent.step');
  });
});

describe('log records', () => {
  const good = { agent: 'planner', length: 3, category: 'agent', correlation_id: 'c' };

  it('are as declared', () => {
    const result = checkRequests([
      recordRequest('run.accepted', good),
      recordRequest('run.refused', {}, 13),
      recordRequest(''),
    ]);
    expect(result.diagnostics).toEqual([]);
    expect(result.counts.records).toBe(3);
  });

  it.each([
    ['OBS6051', recordRequest('run.acepted', good), 'log event `run.acepted` is not declared'],
    [
      'OBS6052',
      recordRequest('run.accepted', { ...good, length: 'long' }),
      'is of type string, and declared as int',
    ],
    ['OBS6053', recordRequest('run.accepted', { ...good, extra: 1 }), 'the field `extra`'],
    ['OBS6054', recordRequest('run.accepted', good, 17), 'is of level error, and declared as info'],
  ] as const)('%s: %#', (code, request, words) => {
    const result = checkRequests([request]);
    expect(codesOf(result)).toEqual([code]);
    expect(onlyFinding(result, code).message).toContain(words);
  });

  it('may hide what was a number', () => {
    expect(
      codesOf(checkRequests([recordRequest('run.accepted', { ...good, length: '[redacted]' })])),
    ).toEqual([]);
  });
});

it('says when it is another service', () => {
  const request = JSON.parse(
    JSON.stringify(spanRequest('agent.step', {}, 1)).replace('"checkout"', '"basket"'),
  ) as object;
  const { message } = onlyFinding(checkRequests([request]), 'OBS6004');
  expect(message).toContain('the service `basket` came in, and the spec is that of `checkout`');
});

describe('anything else', () => {
  const odd: readonly unknown[] = [
    null,
    1,
    'x',
    [],
    {},
    { resourceMetrics: 3 },
    { resourceSpans: [null, { scopeSpans: [{ spans: [null, {}] }] }] },
  ];

  it.each(odd.map((each) => [each]))('is read without harm: %j', (each) => {
    expect(() => checkRequests([each])).not.toThrow();
  });

  it('may be as deep as it likes', () => {
    let deep: object = { stringValue: 'x' };
    for (let depth = 0; depth < 50_000; depth += 1) deep = { arrayValue: { values: [deep] } };
    const span = { name: 'agent.run', kind: 2, attributes: [{ key: 'tags', value: deep }] };
    const request = { resourceSpans: [{ scopeSpans: [{ scope: { name: 'checkout' }, spans: [span] }] }] };
    expect(codesOf(checkRequests([request]))).toEqual(['OBS6044']);
  });
});
