import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPromql } from '../../src/promql/print.js';
import type { Expr } from '../../src/promql/ast.js';
import { parsePromql } from '../../src/promql/parse.js';
import { compare, decimal, decimalOf, multiply, printDecimal, subtract } from '../../src/slo/decimal.js';
import { bucketMatcher, eventRate, openMetricsFloat } from '../../src/slo/events.js';
import { leastBadEvents } from '../../src/slo/gate.js';
import { badRate, burnAlert, errorRatio, noDataAlert, pascal } from '../../src/slo/names.js';
import {
  arms,
  armThreshold,
  budgetOf,
  canFire,
  highestBurnRate,
  objectiveShare,
} from '../../src/slo/windows.js';

describe('decimals', () => {
  it('carry no dust, where doubles do', () => {
    expect(1 - 0.999).not.toBe(0.001);
    expect(printDecimal(budgetOf('99.9'))).toBe('0.001');
    expect(printDecimal(budgetOf('99.5'))).toBe('0.005');
    expect(printDecimal(budgetOf('99.99999'))).toBe('0.0000001');
    expect(printDecimal(objectiveShare('99.9'))).toBe('0.999');
    expect(printDecimal(armThreshold({ factor: 14.4 }, '99.9'))).toBe('0.0144');
    expect(printDecimal(armThreshold({ factor: 6 }, '95'))).toBe('0.3');
  });

  it('agree with whole numbers of units', () => {
    const units = fc.integer({ min: -1e9, max: 1e9 });
    const scale = fc.integer({ min: 0, max: 9 });
    const print = (digits: number, places: number): string =>
      printDecimal({ digits: BigInt(digits), scale: places });
    fc.assert(
      fc.property(units, units, scale, (a, b, places) => {
        const [x, y] = [decimal(print(a, places)), decimal(print(b, places))];
        expect(printDecimal(subtract(x, y))).toBe(print(a - b, places));
        expect(compare(x, y)).toBe(Math.sign(a - b));
        expect(multiply(x, y)).toSatisfy(
          (product: ReturnType<typeof multiply>) =>
            compare(product, { digits: BigInt(a) * BigInt(b), scale: 2 * places }) === 0,
        );
      }),
    );
  });

  it('are what a double is printed as', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(printDecimal(decimalOf(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
    for (const text of ['', '.', 'x', '1e', '--1', '1 2']) expect(() => decimal(text)).toThrow('bug');
  });
});

describe('windows', () => {
  const day = 86_400;
  const of = (windows: 'workbook' | 'sloth' | 'pyrra', days: number): string[] =>
    arms({ windows, period: { text: `${days}d`, seconds: days * day } }).map(
      ({ severity, long, short, factor }) => `${severity} ${long.text}/${short.text} ${factor}`,
    );

  it('are those of the workbook, of Sloth and of Pyrra', () => {
    expect(of('workbook', 30)).toEqual(['page 1h/5m 14.4', 'page 6h/30m 6', 'ticket 3d/6h 1']);
    expect(of('sloth', 30)).toEqual(['page 1h/5m 14.4', 'page 6h/30m 6', 'ticket 1d/2h 3', 'ticket 3d/6h 1']);
    expect(of('pyrra', 28)).toEqual(['page 1h/5m 14', 'page 6h/30m 7', 'ticket 1d/2h 2', 'ticket 4d/6h 1']);
  });

  it('stretch with the period for Pyrra, never to nothing', () => {
    expect(of('pyrra', 7)).toEqual([
      'page 15m/1m 14',
      'page 1h30m/8m 7',
      'ticket 6h/30m 2',
      'ticket 1d/1h30m 1',
    ]);
    expect(of('pyrra', 0.5)[0]).toBe('page 1m/1m 14');
  });

  it('know which arm can never fire', () => {
    expect(canFire({ factor: 14.4 }, '90')).toBe(false);
    expect(canFire({ factor: 10 }, '90')).toBe(false);
    expect(canFire({ factor: 9.99 }, '90')).toBe(true);
    expect(canFire({ factor: 14.4 }, '99.9')).toBe(true);
    expect(highestBurnRate('90')).toBe(10);
    expect(highestBurnRate('99.9')).toBe(1000);
  });
});

describe('the gate for little traffic', () => {
  it('asks for more bad events the slower an arm is, and never for more than ten', () => {
    expect([100, 14.4, 6, 3, 1, 0.5].map(leastBadEvents)).toEqual([2, 4, 6, 10, 10, 10]);
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.double({ min: 1, max: 1000, noNaN: true }),
        (a, b) => {
          expect(leastBadEvents(Math.min(a, b))).toBeGreaterThanOrEqual(leastBadEvents(Math.max(a, b)));
        },
      ),
    );
  });
});

describe('bounds of buckets', () => {
  it('are matched as clients write them and as Prometheus 3 stores them', () => {
    const matched = (bound: number): string =>
      printPromql({ kind: 'selector', metric: 'x', matchers: [bucketMatcher(bound)] });
    expect(matched(51.2)).toBe('x{le="51.2"}');
    expect(matched(2)).toBe('x{le=~"2|2\\\\.0"}');
    expect(matched(0.00001)).toBe('x{le=~"0\\\\.00001|1e-05"}');
    expect(matched(1_048_576)).toBe('x{le=~"1048576|1\\\\.048576e\\\\+06"}');
    for (const bound of [2, 0.5, 1e-7, 1e6, 67_108_864])
      expect(parsePromql(matched(bound)).errors).toEqual([]);
  });

  it('are printed as Go prints them', () => {
    // strconv.FormatFloat(x, 'g', -1, 64), with .0 where there is neither a point nor an exponent.
    const table: readonly (readonly [number, string])[] = [
      [2, '2.0'],
      [20, '20.0'],
      [100_000, '100000.0'],
      [1e6, '1e+06'],
      [1_234_567, '1.234567e+06'],
      [67_108_864, '6.7108864e+07'],
      [1_073_741_824, '1.073741824e+09'],
      [123_456_789.5, '1.234567895e+08'],
      [1e21, '1e+21'],
      [0.0001, '0.0001'],
      [0.00001, '1e-05'],
      [0.000123, '0.000123'],
      [51.2, '51.2'],
    ];
    for (const [value, text] of table) expect(openMetricsFloat(value)).toBe(text);
  });
});

describe('rates of events', () => {
  const rated = (query: string): string =>
    printPromql(eventRate(parsePromql(query).expr as Expr, ['a'], 300));

  it('are made of selectors, of their sums, and of rates that the author wrote', () => {
    expect(rated('x_total{b="c"}')).toBe('sum by (a) (rate(x_total{b="c"}[5m]))');
    expect(rated('(x_total)')).toBe('sum by (a) (rate(x_total[5m]))');
    expect(rated('x_total + y_total')).toBe(
      'sum by (a) (rate(x_total[5m])) + sum by (a) (rate(y_total[5m]))',
    );
    expect(rated('rate(x_total[$window]) * 2')).toBe('sum by (a) (rate(x_total[5m]) * 2)');
  });
});

describe('names', () => {
  it('hold the window, and a name without separators for alerts', () => {
    expect(errorRatio(5400)).toBe('slo:sli_error:ratio_rate1h30m');
    expect(badRate(30 * 86_400)).toBe('slo:sli_bad:rate30d');
    expect([pascal('run-success'), pascal('auth.failed'), pascal('x')]).toEqual([
      'RunSuccess',
      'AuthFailed',
      'X',
    ]);
    expect([burnAlert('a-b', 'page'), burnAlert('a-b', 'ticket'), noDataAlert('a-b')]).toEqual([
      'ABBudgetBurnPage',
      'ABBudgetBurnTicket',
      'ABNoData',
    ]);
  });
});
