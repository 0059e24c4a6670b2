import { describe, expect, test } from 'vitest';
import { readPage } from '../../../src/inspect/exposition/read-page.js';

const text = `# HELP http_requests_total Requests\\nby code.
# TYPE http_requests_total counter
http_requests_total{code="200",path="a\\"b\\\\c\\nd"} 3 1700000000000
http_requests_total{code="500",} 1e3
# TYPE latency_seconds histogram
latency_seconds_bucket{le="0.1"} 1
latency_seconds_bucket{le="+Inf"} 2
latency_seconds_sum 0.3
latency_seconds_count 2
# a comment
up 1
temperature -Inf
`;

const openMetrics = `# TYPE runs counter
# UNIT runs runs
# HELP runs Runs.
runs_total{agent="a"} 4 1700000000.5 # {trace_id="abc"} 1 1700000000
runs_created{agent="a"} 1700000000
# TYPE build info
build_info{version="1"} 1
# EOF
`;

describe('a page of the text format', () => {
  test('gives families with their parts, escapes undone', () => {
    const { families, faults, format } = readPage(text);
    expect(faults).toEqual([]);
    expect(format).toBe('text');
    expect(families.map(({ name, type, samples }) => [name, type, samples.length])).toEqual([
      ['http_requests_total', 'counter', 2],
      ['latency_seconds', 'histogram', 4],
      ['up', 'unknown', 1],
      ['temperature', 'unknown', 1],
    ]);
    expect(families[0]?.help).toBe('Requests\nby code.');
    expect(families[0]?.samples[0]).toEqual({
      name: 'http_requests_total',
      labels: new Map([
        ['code', '200'],
        ['path', 'a"b\\c\nd'],
      ]),
      value: 3,
      timestamp: 1_700_000_000_000,
      exemplar: undefined,
      line: 3,
    });
    expect(families[3]?.samples[0]?.value).toBe(-Infinity);
  });

  test.each([
    ['x{a="b} 1', 'a quote that does not end (column 10)'],
    ['x{a=b} 1', 'the value of label a is not in quotes (column 5)'],
    ['x{a="b" c="d"} 1', 'neither , nor } after a label (column 9)'],
    ['x{a="b",a="c"} 1', 'label a stands twice (column 14)'],
    ['x', 'no value (column 2)'],
    ['x 0x10', 'the value 0x10 is no number (column 7)'],
    ['x 1 2 3', 'more after the value (column 7)'],
    ['# TYPE x meter', 'meter is no type of metric'],
  ])('%s: says what is wrong, and reads on', (line, message) => {
    const { families, faults } = readPage(`${line}\ny 1\n`);
    expect(faults).toEqual([{ line: 1, message }]);
    expect(families.map(({ name }) => name)).toContain('y');
  });

  test('admits names in quotes', () => {
    expect(readPage('{"http.requests",code="200"} 1\n').families[0]).toMatchObject({
      name: 'http.requests',
      samples: [{ labels: new Map([['code', '200']]) }],
    });
  });
});

describe('a page of OpenMetrics', () => {
  test('gives counters the names that queries use, seconds as milliseconds, and exemplars', () => {
    const { families, faults } = readPage(openMetrics);
    expect(faults).toEqual([]);
    expect(families.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['runs_total', 'counter', 'runs'],
      ['build_info', 'info', undefined],
    ]);
    expect(families[0]?.samples[0]).toMatchObject({
      timestamp: 1_700_000_000_500,
      exemplar: { labels: new Map([['trace_id', 'abc']]), value: 1 },
    });
    expect(families[0]?.samples[1]?.name).toBe('runs_created');
  });

  test('that was cut off is a fault', () => {
    const cut = openMetrics.replace('# EOF\n', '');
    expect(readPage(cut, 'application/openmetrics-text; version=1.0.0').faults).toEqual([
      { line: 8, message: 'the page does not end with # EOF: it may be cut off' },
    ]);
  });
});
