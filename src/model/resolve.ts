import { succeed } from '../diagnostics/create.js';
import type { Outcome } from '../diagnostics/diagnostic.js';
import type { LoadedSpec } from '../spec/loaded.js';
import type { Model } from './model.js';
import { withoutReplaced } from './replaced.js';
import { resolveAlerts } from './resolve/alerts.js';
import { contextOf } from './resolve/context.js';
import { resolveDashboards } from './resolve/dashboards.js';
import { resolveLabels } from './resolve/labels.js';
import { resolveLogs } from './resolve/logs.js';
import type { MetricTargets } from './resolve/metric-references.js';
import { checkReplacements, finishMetrics, resolveExternal, resolveMetrics } from './resolve/metrics.js';
import { readersOf } from './resolve/readers.js';
import { targetsOf } from './resolve/references.js';
import { checkSections } from './resolve/sections.js';
import { resolveSlis } from './resolve/slis.js';
import { resolveSlos } from './resolve/slos.js';
import { resolveSpans } from './resolve/spans.js';
import { resolveStack } from './resolve/stack.js';
import { resolveAllowances, resolveSuppressions } from './resolve/suppressions.js';
import { resolveBudgets, resolveService, resolveTarget } from './resolve/target.js';

/**
 * Makes the model of a spec: defaults filled in, every reference replaced by what it names. A reference that leads nowhere is a
 * diagnostic; the entry is kept without it where that makes sense, and left out where it does not. There is always a model, so that the
 * checks can find what else is wrong.
 */
export function resolve(loaded: LoadedSpec): Outcome<Model> {
  const context = contextOf(loaded);
  const { spec } = context;

  const labels = resolveLabels(context);
  const labelTargets = targetsOf('label', 'labels', 'OBS3001', labels, spec.labels);
  const metrics = resolveMetrics(context, labelTargets);
  const external = resolveExternal(context);
  const own = targetsOf('metric', 'metrics', 'OBS3002', metrics, spec.metrics);
  const metricTargets: MetricTargets = { own, metrics, external };
  checkReplacements(context, own);

  const spans = resolveSpans(context, labelTargets, own);
  const logs = resolveLogs(context);
  const slis = resolveSlis(context, labelTargets, metricTargets);
  const sliTargets = targetsOf('SLI', 'slis', 'OBS3004', slis, spec.slis);
  const target = resolveTarget(context);
  const slos = resolveSlos(context, labelTargets, sliTargets, target);
  const alerts = resolveAlerts(context, labelTargets, metricTargets);
  const dashboards = resolveDashboards(context, {
    labels: labelTargets,
    metrics: metricTargets,
    slos: targetsOf('SLO', 'slos', 'OBS3005', slos, spec.slos),
    alerts: targetsOf('alert', 'alerts', 'OBS3006', alerts, spec.alerts),
  });
  checkSections(context, metricTargets, targetsOf('span', 'spans', 'OBS3003', spans, spec.spans));
  const securityAlerts = Object.entries(spec.security?.events ?? {})
    .filter(([, event]) => event.alert !== undefined)
    .map(([name]) => name);
  finishMetrics(
    metrics,
    readersOf({ metrics, external }, { slis, slos, alerts, dashboards, securityAlerts }),
  );

  const service = resolveService(context);
  const { traffic, health, correlation, errors, security, cost, gpu, instrument, traces, stack } = spec;
  const given = { traffic, health, correlation, errors, security, cost, gpu, instrument, traces, stack };
  const written = Object.fromEntries(Object.entries(given).filter(([, section]) => section !== undefined));
  const model: Model = Object.freeze({
    service,
    target,
    budgets: resolveBudgets(context),
    labels,
    metrics,
    external,
    spans,
    logs,
    slis,
    slos,
    alerts,
    dashboards,
    stack: resolveStack(context, { service, target, slos: slos.values() }),
    suppressions: resolveSuppressions(context),
    allowances: resolveAllowances(context),
    sections: Object.freeze(written),
  });
  return succeed(model, withoutReplaced(context.diagnostics, loaded));
}
