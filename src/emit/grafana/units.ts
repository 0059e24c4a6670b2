import type { Expr } from '../../promql/ast.js';
import { selectors } from '../../promql/walk.js';
import type { Metric, Model, Show } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import { unitOf } from '../../model/units.js';

/**
 * What a number is: a base unit (`count` where a metric's name has none), for each second or not; `total` while it only ever grows, as a
 * counter before a rate is taken.
 */
export interface Quantity {
  readonly base: string;
  readonly perSecond: boolean;
}

const plainUnits: ReadonlyMap<string, string> = new Map([
  ['seconds', 's'],
  ['bytes', 'bytes'],
  ['ratio', 'percentunit'],
  ['percent', 'percent'],
  ['tokens', 'short'],
  ['count', 'short'],
  ['usd', 'currencyUSD'],
  ['eur', 'currencyEUR'],
  ['gbp', 'currencyGBP'],
  ['chf', 'currencyCHF'],
  ['jpy', 'currencyJPY'],
  ['celsius', 'celsius'],
  ['joules', 'joule'],
  ['watts', 'watt'],
  ['volts', 'volt'],
  ['amperes', 'amp'],
  ['hertz', 'hertz'],
  ['grams', 'massg'],
  ['meters', 'lengthm'],
]);

/** Busy seconds for each second are a share of a core or a worker. */
const rateUnits: ReadonlyMap<string, string> = new Map([
  ['seconds', 'percentunit'],
  ['bytes', 'binBps'],
  ['count', 'cps'],
  ['tokens', 'cps'],
  ['usd', 'currencyUSD'],
  ['eur', 'currencyEUR'],
  ['gbp', 'currencyGBP'],
  ['chf', 'currencyCHF'],
  ['jpy', 'currencyJPY'],
  ['joules', 'watt'],
]);

/** Grafana's id of a unit; `short` where there is none. */
export function grafanaUnit(quantity: Quantity | undefined): string {
  if (quantity === undefined) return 'short';
  return (quantity.perSecond ? rateUnits : plainUnits).get(quantity.base) ?? 'short';
}

/** A point in time rather than a length of it: what is shown is its age. */
export function isTimestamp(name: string): boolean {
  return /_(?:timestamp|start_time)_seconds$/.test(name);
}

/** What a panel that shows a metric in one way has on its axis. */
export function shownQuantity(metric: Metric, show: Show): Quantity {
  const base = metric.unit ?? 'count';
  if (metric.type === 'counter') return { base, perSecond: show !== 'increase' };
  if (metric.type === 'gauge') return { base, perSecond: false };
  if (show === 'rate' || show === 'increase') return { base: 'count', perSecond: show === 'rate' };
  return { base, perSecond: false };
}

/** Functions whose result is of another kind than their argument's. */
const perSecondOf: ReadonlySet<string> = new Set(['rate', 'irate', 'deriv']);
const counting: ReadonlySet<string> = new Set([
  'changes',
  'resets',
  'absent',
  'absent_over_time',
  'count_over_time',
  'present_over_time',
  'sgn',
]);
const unknown: ReadonlySet<string> = new Set([
  'exp',
  'ln',
  'log2',
  'log10',
  'sqrt',
  'stdvar_over_time',
  'histogram_stdvar',
]);

function ofSelector(model: Model, name: string | undefined): Quantity | undefined {
  if (name === undefined) return undefined;
  const series = seriesNamed(model, name);
  const base = series === undefined ? unitOf(name) : (unitOf(series.metric.name) ?? 'count');
  if (base === undefined) return undefined;
  const counts = series?.part === 'bucket' || series?.part === 'count';
  return { base: counts ? 'count' : base, perSecond: false };
}

function ofQuotient(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
  if (left === undefined || right === undefined || left.perSecond !== right.perSecond) return undefined;
  if (left.base === right.base) return { base: 'ratio', perSecond: false };
  return right.base === 'count' ? { base: left.base, perSecond: false } : undefined;
}

function isNumber(expr: Expr): boolean {
  return expr.kind === 'number' || ((expr.kind === 'paren' || expr.kind === 'unary') && isNumber(expr.expr));
}

/** What an expression yields, as far as names and functions say; undefined where they do not. */
export function quantityOf(expr: Expr, model: Model): Quantity | undefined {
  switch (expr.kind) {
    case 'selector':
      return ofSelector(model, expr.metric);
    case 'number':
    case 'string':
      return undefined;
    case 'paren':
    case 'unary':
    case 'subquery':
      return quantityOf(expr.expr, model);
    case 'aggregation':
      if (['count', 'count_values', 'group'].includes(expr.op)) return { base: 'count', perSecond: false };
      return expr.op === 'stdvar' ? undefined : quantityOf(expr.expr, model);
    case 'call': {
      if (expr.func === 'time') return { base: 'seconds', perSecond: false };
      if (counting.has(expr.func)) return { base: 'count', perSecond: false };
      if (unknown.has(expr.func)) return undefined;
      const argument = expr.args.find((each) => !isNumber(each) && each.kind !== 'string');
      if (argument === undefined) return undefined;
      if (expr.func === 'histogram_quantile') {
        const [bucket] = selectors(argument);
        const name = bucket?.metric?.replace(/_bucket$/, '');
        return (
          ofSelector(model, name) ??
          (name === undefined ? undefined : { base: unitOf(name) ?? 'count', perSecond: false })
        );
      }
      const inner = quantityOf(argument, model);
      return inner && perSecondOf.has(expr.func) ? { ...inner, perSecond: true } : inner;
    }
    case 'binary': {
      const [left, right] = [quantityOf(expr.left, model), quantityOf(expr.right, model)];
      if (expr.op === '/') return ofQuotient(left, right);
      if (expr.op === '*') {
        const hundred = [expr.left, expr.right].some((each) => each.kind === 'number' && each.value === 100);
        return hundred && (left ?? right)?.base === 'ratio'
          ? { base: 'percent', perSecond: false }
          : undefined;
      }
      if (['^', '%', 'atan2'].includes(expr.op)) return undefined;
      return left ?? right;
    }
  }
}
