import type { Dashboard, Model } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { binary, call, durationVariable, matcher, number, selector } from '../../promql/build.js';
import { printPromql } from '../../promql/print.js';
import { ownAlerts } from './own-alerts.js';
import { isTimestamp } from './units.js';
import type { Annotation, DataSourceRef } from './dashboard.js';

/** What people write on a dashboard by hand; Grafana adds it where it is missing, and asks to save the page. */
const written: Annotation = {
  builtIn: 1,
  name: 'Annotations & Alerts',
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  type: 'dashboard',
};

/** Every Prometheus client exposes it, prom-client with its default metrics. */
const startTime = 'process_start_time_seconds';

/** The service's own metric of when a version came: a deployment's timestamp, or a build's information. */
function deploymentMetric(model: Model): { readonly name: string; readonly isTime: boolean } {
  const names = [...model.metrics.keys(), ...model.external.keys()];
  const deployed = names.find((name) =>
    /(?:^|_)deploy(?:ment|ed)?(?:_[a-z]+)*_timestamp_seconds$/.test(name),
  );
  if (deployed !== undefined) return { name: deployed, isTime: true };
  if (names.includes(startTime)) return { name: startTime, isTime: true };
  const build = names.find((name) => /_build_info$/.test(name));
  return build === undefined
    ? { name: startTime, isTime: true }
    : { name: build, isTime: isTimestamp(build) };
}

/**
 * Where a process started: the series' value is the time of the mark, so that a new instance is marked as well as a restarted one.
 * Of a build's information only changes can be seen.
 */
function deployments(model: Model, datasource: DataSourceRef, narrow: (expr: Expr) => Expr): Annotation {
  const { name, isTime } = deploymentMetric(model);
  const known = model.metrics.has(name) || model.external.has(name) || model.metrics.size === 0;
  const series = known
    ? narrow(selector(name))
    : selector(
        name,
        ['job', 'instance'].map((label) => matcher(label, '=~', `$${label}`)),
      );
  const expr = isTime
    ? binary('*', series, number(1000))
    : binary(
        '>',
        call('changes', {
          ...(series as ReturnType<typeof selector>),
          range: durationVariable('$__rate_interval'),
        }),
        number(0),
      );
  return {
    name: 'Deployments',
    datasource,
    enable: true,
    expr: printPromql(expr),
    iconColor: 'blue',
    step: model.target.prometheus.scrapeInterval.text,
    tagKeys: 'instance',
    textFormat: '{{instance}}',
    titleFormat: 'Started',
    useValueForTime: isTime,
  };
}

function alerts(model: Model, datasource: DataSourceRef): Annotation {
  const firing = selector('ALERTS', [matcher('alertstate', '=', 'firing'), ownAlerts(model)]);
  return {
    name: 'Alerts',
    datasource,
    enable: true,
    expr: printPromql(firing),
    iconColor: 'red',
    step: model.target.prometheus.evaluationInterval.text,
    tagKeys: 'severity',
    textFormat: '{{severity}}',
    titleFormat: '{{alertname}}',
    useValueForTime: false,
  };
}

/** What is marked on the time axis. People can switch each of them on and off; the spec says how that begins. */
export function annotationsOf(
  model: Model,
  dashboard: Dashboard,
  datasource: DataSourceRef,
  narrow: (expr: Expr) => Expr,
): readonly Annotation[] {
  return [
    written,
    { ...deployments(model, datasource, narrow), enable: dashboard.annotations.deployments },
    { ...alerts(model, datasource), enable: dashboard.annotations.alerts },
  ];
}
