import { describe, expect, it } from 'vitest';
import { parseExposition, rowsOf, valueOf } from './exposition.js';

const page = `# HELP runs_total Runs.
# TYPE runs_total counter
runs_total{outcome="ok"} 3
runs_total{outcome="a \\"quoted\\" \\\\ \\n value"} 1e3
# HELP time_seconds Time.
# TYPE time_seconds histogram
time_seconds_bucket{le="0.5"} 1
time_seconds_bucket{le="+Inf"} 2
time_seconds_sum 1.25
time_seconds_count 2
# HELP depth Depth\\nof it.
# TYPE depth gauge
depth -Inf
`;

describe('the strict parser of the exposition format', () => {
  it('reads a page', () => {
    const families = parseExposition(page);
    expect([...families.values()].map(({ name, type }) => `${type} ${name}`)).toEqual([
      'counter runs_total',
      'histogram time_seconds',
      'gauge depth',
    ]);
    expect(valueOf(families, 'runs_total', { outcome: 'a "quoted" \\ \n value' })).toBe(1000);
    expect(valueOf(families, 'time_seconds_bucket', { le: '+Inf' })).toBe(2);
    expect(valueOf(families, 'depth')).toBe(Number.NEGATIVE_INFINITY);
    expect(valueOf(families, 'depth', { queue: 'x' })).toBeUndefined();
    expect(families.get('depth')?.help).toBe('Depth\nof it.');
    expect(rowsOf(families, 'time_seconds_sum')).toEqual({ '': 1.25 });
  });

  it.each([
    ['no line end at the end', (text: string) => text.slice(0, -1)],
    ['a family without HELP', (text: string) => text.replace('# HELP depth Depth\\nof it.\n', '')],
    ['a family without TYPE', (text: string) => text.replace('# TYPE depth gauge\n', '')],
    ['a second TYPE', (text: string) => text.replace('depth -Inf\n', '# TYPE depth gauge\ndepth -Inf\n')],
    ['TYPE after a sample', (text: string) => `${text}# TYPE depth gauge\n`],
    ['an unknown type', (text: string) => text.replace('depth gauge', 'depth number')],
    ['another comment', (text: string) => `${text}# EOF\n`],
    ['a series twice', (text: string) => `${text}depth 1\n`],
    ['a family in two pieces', (text: string) => `${text}runs_total{outcome="late"} 1\n`],
    ['a sample of another family', (text: string) => `${text}other 1\n`],
    ['a label twice', (text: string) => text.replace('{outcome="ok"}', '{outcome="ok",outcome="no"}')],
    ['a label without quotes', (text: string) => text.replace('"ok"', 'ok')],
    ['an unknown escape', (text: string) => text.replace('"ok"', '"\\t"')],
    ['a bad label name', (text: string) => text.replace('{outcome="ok"}', '{out-come="ok"}')],
    ['no number', (text: string) => text.replace('} 3\n', '} three\n')],
    ['a hexadecimal number', (text: string) => text.replace('} 3\n', '} 0x3\n')],
    ['a negative counter', (text: string) => text.replace('} 3\n', '} -3\n')],
    ['an exemplar', (text: string) => text.replace('} 3\n', '} 3 # {trace_id="1"} 1\n')],
    ['counts that fall', (text: string) => text.replace('{le="0.5"} 1', '{le="0.5"} 5')],
    [
      'bounds that do not ascend',
      (text: string) => text.replace('{le="0.5"} 1\n', '{le="0.5"} 1\ntime_seconds_bucket{le="0.1"} 1\n'),
    ],
    ['no bucket +Inf', (text: string) => text.replace('time_seconds_bucket{le="+Inf"} 2\n', '')],
    ['no sum', (text: string) => text.replace('time_seconds_sum 1.25\n', '')],
    [
      'a count that is not +Inf',
      (text: string) => text.replace('time_seconds_count 2', 'time_seconds_count 3'),
    ],
  ])('refuses %s', (_, spoil) => {
    const spoiled = spoil(page);
    expect(spoiled).not.toBe(page);
    expect(() => parseExposition(spoiled)).toThrow();
  });
});
