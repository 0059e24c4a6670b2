import { describe, expect, it } from 'vitest';
import { bucketCells, countedCells } from '../../../src/preview/page/query/buckets.js';
import { interpolate, namesIn, type Chosen } from '../../../src/preview/page/query/interpolate.js';
import { durationOf, durationText, intervalsOf } from '../../../src/preview/page/query/interval.js';
import { marksOf } from '../../../src/preview/page/query/marks.js';
import { Queue } from '../../../src/preview/page/query/requests.js';
import { legendNames, onGrid, type Series } from '../../../src/preview/page/query/series.js';
import { choiceText, instantOf, rangeOf } from '../../../src/preview/page/query/time.js';

function chosen(name: string, values: readonly string[], more: Partial<Chosen> = {}): Chosen {
  return { name, values, all: false, allValue: '.+', multi: true, ...more };
}

const variables = new Map([
  ['job', chosen('job', ['a.b'])],
  ['model', chosen('model', ['x', 'y+z'])],
  ['all', chosen('all', ['p', 'q'], { all: true })],
  ['one', chosen('one', ['say "hi"'], { multi: false })],
]);

describe('interpolation', () => {
  it.each([
    ['up{job=~"$job"}', 'up{job=~"a\\\\.b"}'],
    ['up{m=~"${model}"}', 'up{m=~"(x|y\\\\+z)"}'],
    ['up{m=~"[[model]]"}', 'up{m=~"(x|y\\\\+z)"}'],
    ['up{a=~"$all"}', 'up{a=~".+"}'],
    ['up{o="$one"}', 'up{o="say \\"hi\\""}'],
    ['${model:pipe} ${model:csv} ${model:regex}', 'x|y+z x,y+z (x|y\\+z)'],
    ['${all:text}', 'All'],
    ['?${model:queryparam}', '?var-model=x&var-model=y%2Bz'],
    ['$unknown ${unknown} [[unknown]]', '$unknown ${unknown} [[unknown]]'],
    ['rate(x[$__rate_interval])', 'rate(x[1m])'],
    ['$jobs', '$jobs'],
  ])('%s becomes %s', (text, expected) => {
    expect(interpolate(text, variables, new Map([['__rate_interval', '1m']]))).toBe(expected);
  });

  it('finds names in all three ways of writing them', () => {
    expect([...namesIn('$a ${b:csv} [[c]]')]).toEqual(['a', 'b', 'c']);
  });
});

describe('intervals', () => {
  const asked = { range: 3_600_000, points: 600, least: ['15s'], scrapeInterval: 15, queryInterval: '15s' };

  it('steps no finer than the scrapes, and looks back over four of them', () => {
    expect(intervalsOf(asked)).toEqual({ step: 15_000, rate: 60_000, range: 3_600_000 });
  });

  it('rounds a long range as Grafana does, and adds a scrape to the rate', () => {
    expect(intervalsOf({ ...asked, range: 86_400_000 })).toMatchObject({ step: 120_000, rate: 135_000 });
  });

  it('heeds the least step of a panel', () => {
    expect(intervalsOf({ ...asked, least: ['1m', '15s'] }).step).toBe(60_000);
  });

  it('never asks for more points than Prometheus gives', () => {
    const { step } = intervalsOf({ ...asked, range: 90 * 86_400_000, points: 1_000_000 });
    expect((90 * 86_400_000) / step).toBeLessThanOrEqual(11_000);
  });

  it('reads and writes durations', () => {
    expect(durationOf('1m30s')).toBe(90_000);
    expect(durationOf('>15s')).toBe(15_000);
    expect(durationOf('soon')).toBeUndefined();
    expect([90_000, 60_000, 250, 7_200_000].map(durationText)).toEqual(['90s', '1m', '250ms', '2h']);
  });
});

describe('times', () => {
  const now = Date.UTC(2026, 10, 21, 12);

  it('reads relative and absolute times', () => {
    expect(instantOf('now-1h', now)).toBe(now - 3_600_000);
    expect(instantOf(String(now), now)).toBe(now);
    expect(instantOf('2026-11-21T12:00:00Z', now)).toBe(now);
    expect(instantOf('yesterday', now)).toBeUndefined();
  });

  it('shows the last hour where a range makes no sense', () => {
    expect(rangeOf({ from: 'now', to: 'now-1h' }, now)).toEqual({ from: now - 3_600_000, to: now });
  });

  it('names ranges', () => {
    expect(choiceText({ from: 'now-6h', to: 'now' }, now)).toBe('Last 6 hours');
    expect(choiceText({ from: 'now-45m', to: 'now' }, now)).toBe('Last 45m');
  });
});

describe('series', () => {
  it('leaves a gap where there is no value, and keeps NaN', () => {
    const row = {
      metric: {},
      values: [
        [1, '1'],
        [3, 'NaN'],
      ] as const,
    };
    expect(onGrid(row, { from: 1000, to: 4000, step: 1000 })).toEqual([1, null, Number.NaN, null]);
  });

  it('names series by their legend', () => {
    const rows = [{ model: 'a' }, { model: 'b' }];
    expect(legendNames(rows, '{{model}} p99', 'q')).toEqual(['a p99', 'b p99']);
    expect(legendNames(rows, '__auto', 'q')).toEqual(['a', 'b']);
    expect(legendNames([{}], '__auto', 'sum(q)')).toEqual(['sum(q)']);
    expect(legendNames([{ __name__: 'up', job: 'x', instance: 'y' }], '__auto', 'up')).toEqual([
      'up{job="x", instance="y"}',
    ]);
  });

  const series = (labels: Record<string, string>, values: (number | null)[]): Series => ({
    refId: 'A',
    name: labels['le'] ?? '',
    labels,
    times: values.map((_, index) => index * 1000),
    values,
  });

  it('makes of cumulative buckets what is in each', () => {
    const cells = bucketCells([
      series({ le: '+Inf' }, [10, null]),
      series({ le: '0.5' }, [4, 1]),
      series({ le: '1' }, [9, 0.9]),
    ]);
    expect(cells.tops).toEqual([0.5, 1, Infinity]);
    expect(cells.counts).toEqual([
      [4, 1],
      [5, 0],
      [1, null],
    ]);
  });

  it('counts numbers by how large they are where there are no buckets', () => {
    const { tops, counts } = countedCells([series({}, [0, 16]), series({}, [0, null])]);
    expect(tops[0]).toBe(1);
    expect(counts[0]).toEqual([2, 0]);
    expect(counts.at(-1)).toEqual([0, 1]);
  });
});

describe('marks', () => {
  const shared = { name: 'Alerts', enable: true, iconColor: 'red', titleFormat: '{{alertname}}' };

  it('joins samples without a gap to a span', () => {
    const values = [15, 30, 45, 90, 105].map((time) => [time, '1'] as const);
    const found = marksOf(shared, [{ metric: { alertname: 'A' }, values }], 15_000, 'red');
    expect(found.map(({ from, to, title }) => [from, to, title])).toEqual([
      [15_000, 45_000, 'A'],
      [90_000, 105_000, 'A'],
    ]);
  });

  it('takes the value for the time, once', () => {
    const values = [15, 30].map((time) => [time, '7000'] as const);
    const found = marksOf({ ...shared, useValueForTime: true }, [{ metric: {}, values }], 15_000, 'blue');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ from: 7000, to: 7000, title: 'Alerts' });
  });
});

describe('requests', () => {
  it('run a few at once, all of them in the end, and none that was given up', async () => {
    const queue = new Queue(2);
    const { signal } = new AbortController();
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await new Promise((next) => setTimeout(next, 5));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 7 }, () => queue.run(task, signal)));
    expect(most).toBe(2);

    const given = new AbortController();
    given.abort();
    let ran = false;
    const gone = queue.run(() => Promise.resolve((ran = true)), given.signal);
    await expect(gone).rejects.toThrow();
    expect(ran).toBe(false);
    await expect(queue.run(() => Promise.resolve('after'), signal)).resolves.toBe('after');
  });
});
