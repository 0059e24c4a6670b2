import { selectors } from '../../promql/walk.js';
import type { Spec } from '../../spec/spec.js';
import { durationOf, parseDuration } from '../duration.js';
import type { Alert, AlertCondition, ExternalMetric, Label, Metric, Origin, Query } from '../model.js';
import { entriesAt, frozenRepairs, textOf, type Context, type Entry } from './context.js';
import { hasType, metricOfSeries, purposes, type MetricTargets } from './metric-references.js';
import { refer, type Targets } from './references.js';
import { referLabels } from './slis.js';

type SpecAlert = NonNullable<Spec['alerts']>[string];

interface Shared {
  readonly context: Context;
  readonly labels: Targets<Label>;
  readonly metrics: MetricTargets;
}

/** Defaults that the schema states, in seconds. */
const ratioWindow = 5 * 60;
const anomalySeason = 86_400;
const leastForecastWindow = 30 * 60;

function queryOf(context: Context, entry: Entry<SpecAlert>, text: string, ...path: string[]): Query {
  return context.queryAt(entry.origin, text, ...path);
}

function ratioOf({ context, labels }: Shared, entry: Entry<SpecAlert>): AlertCondition | undefined {
  const { ratio } = entry.value;
  if (ratio === undefined) return undefined;
  return Object.freeze({
    form: 'ratio',
    part: queryOf(context, entry, ratio.part, 'ratio', 'part'),
    whole: queryOf(context, entry, ratio.whole, 'ratio', 'whole'),
    by: referLabels(context, labels, entry, ratio.by, 'ratio', 'by'),
    over: ratio.over === undefined ? durationOf(ratioWindow) : parseDuration(ratio.over),
    above: ratio.above,
    below: ratio.below,
    minEvents: ratio.minEvents,
  });
}

function undeclared(name: string, origin: Origin): ExternalMetric {
  return Object.freeze({ name, type: 'unknown', labels: undefined, range: undefined, native: false, origin });
}

function absentOf({ context, metrics }: Shared, entry: Entry<SpecAlert>): AlertCondition | undefined {
  const { absent } = entry.value;
  if (absent === undefined) return undefined;
  const selector = queryOf(context, entry, absent.metric, 'absent', 'metric');
  const [first] = selector.expr === undefined ? [] : selectors(selector.expr);
  const known = first?.metric === undefined ? undefined : metricOfSeries(metrics, first.metric);
  // A series that no entry declares: Prometheus' own, or one that the check of names in queries reports.
  const metric = known ?? undeclared(first?.metric ?? '', entry.origin);
  return Object.freeze({ form: 'absent', metric, selector });
}

function forecastMetric(
  { context, metrics }: Shared,
  entry: Entry<SpecAlert>,
  name: string,
): Metric | ExternalMetric | undefined {
  const range = entry.origin.of('forecast', 'metric');
  const external = metrics.own.isDeclared(name) ? undefined : metrics.external.get(name);
  const metric = external ?? refer(context, metrics.own, name, range);
  return metric !== undefined && hasType(context, metric, purposes.forecast, range) ? metric : undefined;
}

function forecastOf(shared: Shared, entry: Entry<SpecAlert>): AlertCondition | undefined {
  const { forecast } = entry.value;
  if (forecast === undefined) return undefined;
  const metric = forecastMetric(shared, entry, forecast.metric);
  const by = referLabels(shared.context, shared.labels, entry, forecast.by, 'forecast', 'by');
  const horizon = parseDuration(forecast.horizon);
  const over =
    forecast.over === undefined
      ? durationOf(Math.max(leastForecastWindow, horizon.seconds / 4))
      : parseDuration(forecast.over);
  return (
    metric &&
    Object.freeze({
      form: 'forecast',
      metric,
      by,
      horizon,
      over,
      above: forecast.above,
      below: forecast.below,
    })
  );
}

function conditionOf(shared: Shared, entry: Entry<SpecAlert>): AlertCondition | undefined {
  const { expr, anomaly } = entry.value;
  const { context } = shared;
  if (expr !== undefined)
    return Object.freeze({ form: 'expr', query: queryOf(context, entry, expr, 'expr') });
  if (anomaly !== undefined) {
    return Object.freeze({
      form: 'anomaly',
      query: queryOf(context, entry, anomaly.query, 'anomaly', 'query'),
      season: anomaly.season === undefined ? durationOf(anomalySeason) : parseDuration(anomaly.season),
      deviations: anomaly.deviations,
      minimum: anomaly.minimum,
      direction: anomaly.direction ?? 'both',
    });
  }
  return ratioOf(shared, entry) ?? absentOf(shared, entry) ?? forecastOf(shared, entry);
}

/** `alerts`: one whose condition cannot be made is left out. */
export function resolveAlerts(
  context: Context,
  labels: Targets<Label>,
  metrics: MetricTargets,
): ReadonlyMap<string, Alert> {
  const alerts = new Map<string, Alert>();
  for (const entry of entriesAt(context, ['alerts'], context.spec.alerts)) {
    const { name, value, origin } = entry;
    const condition = conditionOf({ context, labels, metrics }, entry);
    if (condition === undefined) continue;
    alerts.set(
      name,
      Object.freeze({
        name,
        condition,
        for: value.for === undefined ? undefined : parseDuration(value.for),
        keepFiringFor: value.keepFiringFor === undefined ? undefined : parseDuration(value.keepFiringFor),
        severity: value.severity,
        summary: textOf(origin, value.summary, 'summary'),
        description:
          value.description === undefined ? undefined : textOf(origin, value.description, 'description'),
        runbook: value.runbook,
        inhibits: value.inhibits === 'all' ? 'all' : Object.freeze([...(value.inhibits ?? [])]),
        labels: new Map(Object.entries(value.labels ?? {})),
        expires: value.expires,
        owner: value.owner ?? context.spec.service.owner,
        origin,
        repaired: frozenRepairs(entry.repaired),
      }),
    );
  }
  return alerts;
}
