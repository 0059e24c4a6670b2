import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Expr, VectorSelector } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import type { Model, Query } from '../model.js';
import { seriesNamed } from '../series.js';
import type { Rule } from './rule.js';

function unwrapped(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrapped(expr.expr) : expr;
}

/** The selector that a query consists of; undefined where it is more than that. */
export function selectorOf({ expr }: Query): VectorSelector | undefined {
  const inner = expr === undefined ? undefined : unwrapped(expr);
  return inner?.kind === 'selector' ? inner : undefined;
}

/** A selector is asked for because the rate, the window and the grouping are added around it. */
function* plainSelector(query: Query, purpose: string): Iterable<Diagnostic> {
  const { expr, text } = query;
  if (expr === undefined) return;
  const selector = selectorOf(query);
  if (selector === undefined) {
    yield diagnostic('OBS3113', {
      message: `${purpose} is a selector, not an expression`,
      range: text.range,
      help: 'name the metric and its matchers only, as \'requests_total{status="error"}\': rate and sum are added',
    });
  } else if (selector.range !== undefined) {
    yield diagnostic('OBS3113', {
      message: `${purpose} is a selector without a range`,
      range: selector.range.at === undefined ? text.range : rangeIn(text, selector.range.at),
      help: 'remove the range: the windows are added',
    });
  }
}

/** Events are counted by counters, and by the buckets and counts of histograms. */
function* countsEvents(model: Model, query: Query, purpose: string): Iterable<Diagnostic> {
  yield* plainSelector(query, purpose);
  const selector = selectorOf(query);
  if (selector?.metric === undefined) return;
  const series = seriesNamed(model, selector.metric);
  if (series === undefined || ('repaired' in series.metric && series.metric.repaired.has('type'))) return;
  const { metric, part } = series;
  if (metric.type !== 'gauge' && part !== 'sum') return;
  yield diagnostic('OBS3008', {
    message:
      metric.type === 'gauge'
        ? `\`${metric.name}\` is a gauge, but ${purpose} needs a counter or the count of a histogram`
        : `\`${selector.metric}\` adds up values, but ${purpose} needs a count`,
    range: rangeIn(query.text, selector.metricAt ?? { from: 0, to: query.text.value.length }),
    related: [{ range: metric.origin.of('type'), message: `declared as a ${metric.type} here` }],
    help:
      metric.type === 'gauge'
        ? 'count the events with a counter; for a share of time use the form `timeSlice` or `boolean`'
        : `read \`${metric.name}_count\``,
  });
}

/** The histogram is named beside the matchers. */
function* withoutName(query: Query): Iterable<Diagnostic> {
  const selector = selectorOf(query);
  if (selector?.metric === undefined) return;
  yield diagnostic('OBS3113', {
    message: '`matchers` of an SLI have no metric name',
    range: rangeIn(query.text, selector.metricAt ?? { from: 0, to: query.text.value.length }),
    help: 'write the matchers alone: \'{outcome="ok"}\'',
  });
}

/** OBS3113, OBS3008: where a selector is asked for, there is one, and it counts what is to be counted. */
export const querySelectors: Rule = function* ({ model }) {
  for (const sli of model.slis.values()) {
    if (sli.form === 'events') {
      yield* countsEvents(model, sli.total, '`total` of an SLI');
      if (sli.good !== undefined) yield* countsEvents(model, sli.good, '`good` of an SLI');
      if (sli.bad !== undefined) yield* countsEvents(model, sli.bad, '`bad` of an SLI');
    } else if ((sli.form === 'latency' || sli.form === 'nativeLatency') && sli.matchers !== undefined) {
      yield* plainSelector(sli.matchers, '`matchers` of an SLI');
      yield* withoutName(sli.matchers);
    }
  }
  for (const { condition } of model.alerts.values()) {
    if (condition.form === 'ratio') {
      yield* countsEvents(model, condition.part, '`part` of a ratio');
      yield* countsEvents(model, condition.whole, '`whole` of a ratio');
    }
  }
};
