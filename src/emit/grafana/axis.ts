import type { Expr } from '../../promql/ast.js';
import { isPositiveUnit } from '../../model/units.js';
import { budgetRemaining } from '../../slo/names.js';
import { walk } from '../../promql/walk.js';
import type { FieldDefaults } from './dashboard.js';
import type { PanelQuery } from './queries.js';
import { grafanaUnit, isTimestamp, quantityOf, shownQuantity, type Quantity } from './units.js';
import type { PanelView } from './view.js';

export type Axis = Pick<FieldDefaults, 'unit' | 'min' | 'max' | 'decimals'>;

/** Digits after the point. What is not here is left to Grafana: of counts it shows all digits of 12, and as many of 1.23 K as it takes. */
const decimals: ReadonlyMap<string, number> = new Map([
  ['percentunit', 1],
  ['percent', 1],
  ['currencyUSD', 2],
  ['currencyEUR', 2],
  ['currencyGBP', 2],
  ['currencyCHF', 2],
  ['cps', 3],
  ['s', 2],
  ['bytes', 1],
  ['binBps', 1],
  ['celsius', 0],
]);

/** Whether an expression may go below zero although what it is made of does not. */
function mayBeNegative(expr: Expr): boolean {
  let found = false;
  walk(expr, (each) => {
    if (each.kind === 'unary' && each.op === '-') found = true;
    if (each.kind === 'selector' && each.metric === budgetRemaining) found = true;
    if (each.kind === 'binary' && each.op === '-') found = true;
    if (
      each.kind === 'call' &&
      ['deriv', 'delta', 'idelta', 'predict_linear', 'ln', 'log2', 'log10'].includes(each.func)
    )
      found = true;
  });
  return found;
}

function quantityShown(view: PanelView, queries: readonly PanelQuery[]): Quantity | undefined {
  const { source } = view.panel;
  const [show] = source.kind === 'metric' ? source.show : [];
  if (source.kind === 'metric' && show !== undefined) return shownQuantity(source.metric, show);
  const expr = source.kind === 'alert' ? view.alert?.measured : queries[0]?.expr;
  return expr && quantityOf(expr, view.model);
}

/** Gauges can be negative unless their range or unit says otherwise; what is counted or timed cannot. */
function minimum(
  view: PanelView,
  queries: readonly PanelQuery[],
  quantity: Quantity | undefined,
): number | undefined {
  const { source } = view.panel;
  const expr = source.kind === 'alert' ? view.alert?.measured : queries[0]?.expr;
  if (source.kind === 'metric' && source.metric.type === 'gauge') {
    if (source.metric.range !== undefined) return source.metric.range[0];
    return isPositiveUnit(source.metric.unit) && !isTimestamp(source.metric.name) ? 0 : undefined;
  }
  if (source.kind === 'metric')
    return source.metric.type === 'histogram' && (source.metric.buckets[0] ?? 0) < 0 ? undefined : 0;
  if (expr === undefined || mayBeNegative(expr)) return undefined;
  // What nobody can tell the quantity of has a unit all the same, where the author gave one: shares and rates begin at 0.
  if (quantity === undefined)
    return /^(?:percent|cps$|reqps$|ops$)/.test(view.panel.unit ?? '') ? 0 : undefined;
  return quantity.base === 'celsius' ? undefined : 0;
}

/** 1 for shares of a whole; a relative error or a histogram of one may be more. */
function maximum(view: PanelView, unit: string): number | undefined {
  const { source } = view.panel;
  if (source.kind === 'metric') {
    if (source.metric.range !== undefined && unit === 'percentunit') return source.metric.range[1];
    return source.metric.type === 'gauge' && source.metric.unit === 'ratio' ? 1 : undefined;
  }
  const condition = view.alert?.alert.condition;
  return source.kind === 'alert' && condition?.form === 'ratio' && unit === 'percentunit' ? 1 : undefined;
}

/** Money a second is little: cents would all be 0. Tokens a second are many. */
function digitsOf(unit: string, quantity: Quantity | undefined): number | undefined {
  if (unit.startsWith('currency') && quantity?.perSecond === true) return 5;
  return unit === 'cps' && quantity?.base === 'tokens' ? 1 : decimals.get(unit);
}

/** Unit, bounds and digits of what a panel shows: the author's unit, or that of the metric and of what is done with it. */
export function axisOf(view: PanelView, queries: readonly PanelQuery[]): Axis {
  const quantity = quantityShown(view, queries);
  const unit = view.panel.unit ?? grafanaUnit(quantity);
  return {
    unit,
    min: minimum(view, queries, quantity),
    max: maximum(view, unit),
    decimals: digitsOf(unit, quantity),
  };
}
