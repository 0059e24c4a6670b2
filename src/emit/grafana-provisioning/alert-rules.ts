import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import { printDuration } from '../../promql/duration.js';
import { formatPromql } from '../../promql/print.js';
import type { AlertingRule, RuleGroup } from '../../promql/rule.js';
import { defineEmitter } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { ruleGroupFiles } from '../prometheus/files.js';
import { panelsOfAlerts, type PanelLink } from './alert-panels.js';
import { annotationText, labelText, queryNode } from './alert-templates.js';
import { literal } from './escape.js';
import { alertFolder, ruleUid } from './names.js';
import { storesOf } from './signals.js';

const header = `${generatedHeader}
Format: https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
Put it into provisioning/alerting of Grafana. One of the two tells people: either these rules, or Prometheus with the alerting rules of
prometheus/rules and an Alertmanager. Recording rules, which these rules read, are evaluated by Prometheus in either case.`;

/** https://grafana.com/docs/grafana/latest/alerting/set-up/configure-alertmanager/, https://github.com/grafana/grafana/issues/80349 */
const routed = `For the routes of alertmanager/, choose in Alerting > Settings of Grafana that alerts go to the other Alertmanager: no file can say so.`;

/** Seconds. Grafana's scheduler ticks every ten, and Grafana does not start with a group whose interval is no multiple of them. */
const tick = 10;

/** Columns of an expression before it is laid out on several lines. */
const width = 100;

/** Seconds before now: an instant query looks at its end only, but Grafana wants a range. */
const range = { from: 600, to: 0 };

const expressions = { type: '__expr__', uid: '__expr__' };

/**
 * The query, and what makes of its result whether a series fires: every series of it does, whatever its value, and no series at all is
 * Normal. The same nodes as in the rules that Grafana makes of Prometheus' own when it imports them.
 */
function nodes(model: Model, { expr }: AlertingRule): readonly object[] {
  const { metrics } = model.target.grafana.datasources;
  const isThere = ['is_number', 'is_nan', 'is_inf'].map((test) => `${test}($${queryNode})`).join(' || ');
  return [
    {
      refId: queryNode,
      relativeTimeRange: range,
      datasourceUid: literal(metrics),
      // Grafana fills nothing in below `model`.
      model: {
        refId: queryNode,
        datasource: { type: 'prometheus', uid: metrics },
        editorMode: 'code',
        expr: formatPromql(expr, width),
        instant: true,
        range: false,
      },
    },
    {
      refId: 'B',
      datasourceUid: expressions.uid,
      model: { refId: 'B', datasource: expressions, type: 'math', expression: isThere },
    },
    {
      refId: 'C',
      datasourceUid: expressions.uid,
      model: {
        refId: 'C',
        datasource: expressions,
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      },
    },
  ];
}

function texts(
  found: ReadonlyMap<string, string>,
  text: (template: string) => string,
): ReadonlyMap<string, string> | undefined {
  return found.size === 0 ? undefined : new Map([...found].map(([key, value]) => [key, text(value)]));
}

function ruleOf(model: Model, rule: AlertingRule, panel: PanelLink | undefined): object {
  const { keepFiringFor } = rule;
  return {
    uid: ruleUid(model.service.name, rule.alert),
    title: literal(rule.alert),
    condition: 'C',
    data: nodes(model, rule),
    dashboardUid: panel?.dashboard,
    panelId: panel?.panel,
    noDataState: 'OK',
    execErrState: 'Error',
    for: printDuration(rule.for ?? 0),
    keepFiringFor: keepFiringFor === undefined ? undefined : printDuration(keepFiringFor),
    // As in Prometheus, an alert is over as soon as its series is gone.
    missing_series_evals_to_resolve: 1,
    annotations: texts(rule.annotations, annotationText),
    labels: texts(rule.labels, labelText),
  };
}

function groupOf(model: Model, group: RuleGroup, panels: ReadonlyMap<string, PanelLink>): object | undefined {
  const rules = group.rules.flatMap((rule) =>
    rule.kind === 'alert' ? [ruleOf(model, rule, panels.get(rule.alert))] : [],
  );
  if (rules.length === 0) return undefined;
  return {
    orgId: 1,
    name: literal(group.name),
    folder: literal(alertFolder(model)),
    interval: printDuration(Math.ceil(group.interval / tick) * tick),
    rules,
  };
}

/** The alerts of a spec as rules that Grafana evaluates, from the same rules that Prometheus gets; only where the spec asks for them. */
export const grafanaAlerts = defineEmitter({
  id: 'grafana-alerts',
  title: 'Grafana alert rules',
  files(model) {
    if (!model.target.grafana.alerts) return [];
    const panels = panelsOfAlerts(model);
    const groups = ruleGroupFiles(model)
      .flatMap((file) => file.groups)
      .flatMap((group) => groupOf(model, group, panels) ?? []);
    if (groups.length === 0) return [];
    return [
      {
        path: `grafana/provisioning/alerting/${model.service.name}.yaml`,
        content: printYaml(
          { apiVersion: 1, groups },
          storesOf(model).has('alertmanager') ? `${header}\n${routed}` : header,
        ),
      },
    ];
  },
});
