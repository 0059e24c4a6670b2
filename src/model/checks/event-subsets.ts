import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { Expr, VectorSelector } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import { inclusion } from '../../slo/subset.js';
import type { EventsSli, ExternalMetric, Metric, Model, Query } from '../model.js';
import { seriesNamed } from '../series.js';
import type { Rule } from './rule.js';
import { quotedList } from './words.js';

/** The selector that a query is; undefined where it is a sum or a difference of several. */
function countedSelector(expr: Expr | undefined): VectorSelector | undefined {
  if (expr?.kind === 'paren') return countedSelector(expr.expr);
  return expr?.kind === 'selector' && expr.offset === undefined ? expr : undefined;
}

function metricOf(model: Model, { metric }: VectorSelector): Metric | ExternalMetric | undefined {
  return metric === undefined ? undefined : seriesNamed(model, metric)?.metric;
}

/** The values of a closed label of a metric of this service. */
function closedValues(metric: Metric | ExternalMetric, wire: string): readonly string[] | undefined {
  if (!('repaired' in metric)) return undefined;
  const label = metric.labels.find((each) => each.wire === wire);
  return label?.bound.kind === 'closed' && !label.repaired.has('values') ? label.bound.values : undefined;
}

function placeOf({ text }: Query, { at }: VectorSelector): Range {
  return at === undefined ? text.range : rangeIn(text, at);
}

function compared(model: Model, sli: EventsSli): Diagnostic | undefined {
  const part = sli.good ?? sli.bad;
  const [counted, all] = [countedSelector(part?.expr), countedSelector(sli.total.expr)];
  if (part === undefined || counted === undefined || all === undefined) return undefined;
  const metric = metricOf(model, all);
  if (metric === undefined || metric !== metricOf(model, counted)) return undefined;
  // Gauges are no events: that has been reported.
  if (metric.type === 'gauge' || metric.type === 'summary') return undefined;
  const closed = (label: string): readonly string[] | undefined => closedValues(metric, label);
  const name = sli.good === undefined ? 'bad' : 'good';
  const range = placeOf(part, counted);
  const related = [{ range: placeOf(sli.total, all), message: 'the total' }];
  const found = inclusion(counted, all, closed, new Set(['le']));
  if (found.kind === 'excluded') {
    const values = found.values.length === 0 ? 'other values' : quotedList(found.values.slice(0, 4));
    return diagnostic('OBS3213', {
      message: `\`${name}\` also counts ${values} of \`${found.label}\`, which \`total\` leaves out`,
      range,
      related,
      help: `let \`${name}\` have the matchers of \`total\` and more`,
    });
  }
  if (found.kind === 'unknown' || counted.metric !== all.metric) return undefined;
  if (inclusion(all, counted, closed).kind !== 'included') return undefined;
  return diagnostic('OBS3213', {
    message: `\`${name}\` counts the same events as \`total\`: the share is always ${name === 'good' ? 100 : 0} %`,
    range,
    related,
    help: `narrow \`${name}\` down with a matcher`,
  });
}

/** OBS3213: good or bad events are some of all events. */
export const eventSubsets: Rule = function* ({ model }) {
  for (const sli of model.slis.values()) {
    if (sli.form !== 'events' || sli.repaired.has('events')) continue;
    const found = compared(model, sli);
    if (found !== undefined) yield found;
  }
};
