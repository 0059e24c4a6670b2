import type { Dashboard, Model } from '../../model/model.js';
import { runbooksUrl } from '../../model/runbook.js';
import type { DashboardLink } from './dashboard.js';
import { dataSourceType } from './data-sources.js';

const plain = {
  asDropdown: false,
  icon: 'external link',
  includeVars: false,
  keepTime: false,
  tags: [],
  targetBlank: true,
  tooltip: '',
  type: 'link',
} as const;

/** A query in Grafana's Explore, over the time that the dashboard shows: Grafana fills in `${__from}`, which therefore stays readable. */
function explore(datasource: { readonly type: string; readonly uid: string }, query: object): string {
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', datasource, ...query }],
    range: { from: 'FROM', to: 'TO' },
  };
  const encoded = encodeURIComponent(JSON.stringify({ obs: pane }))
    .replace('FROM', '${__from}')
    .replace('TO', '${__to}');
  return `/explore?schemaVersion=1&panes=${encoded}`;
}

/** Logs and traces of the service, for those who saw something in its numbers. */
function exploreLinks(model: Model): readonly DashboardLink[] {
  const { name } = model.service;
  const { logs, traces } = model.target.grafana.datasources;
  const links: DashboardLink[] = [];
  if (model.logs.events.size > 0) {
    const url = explore(
      { type: 'loki', uid: logs },
      { expr: `{service_name="${name}"}`, queryType: 'range' },
    );
    links.push({ ...plain, title: 'Logs', icon: 'doc', tooltip: `Logs of ${name}`, url });
  }
  if (model.spans.size > 0) {
    const type = dataSourceType(model, 'traces');
    const query =
      type === 'jaeger'
        ? { queryType: 'search', service: name }
        : {
            queryType: 'traceql',
            query: `{ resource.service.name = "${name}" }`,
            limit: 20,
            tableType: 'traces',
          };
    links.push({
      ...plain,
      title: 'Traces',
      icon: 'bolt',
      tooltip: `Traces of ${name}`,
      url: explore({ type, uid: traces }, query),
    });
  }
  return links;
}

/** The tag that the dashboards of one service share. */
export function serviceTag(model: Model): string {
  return `service:${model.service.name}`;
}

/** Links at the top of a dashboard: the service's other dashboards, its runbooks, logs and traces. */
export function dashboardLinks(model: Model): readonly DashboardLink[] {
  const others: DashboardLink = {
    ...plain,
    type: 'dashboards',
    title: 'Dashboards',
    asDropdown: true,
    includeVars: true,
    keepTime: true,
    tags: [serviceTag(model)],
    targetBlank: false,
    tooltip: `Other dashboards of ${model.service.name}`,
    url: '',
  };
  const runbooks = runbooksUrl(model);
  return [
    ...(model.dashboards.size > 1 ? [others] : []),
    ...(runbooks === undefined
      ? []
      : [
          {
            ...plain,
            title: 'Runbooks',
            tooltip: 'First steps for each alert',
            url: runbooks,
          },
        ]),
    ...exploreLinks(model),
  ];
}

/** What a dashboard can be found by. */
export function tagsOf(model: Model, dashboard: Dashboard): readonly string[] {
  const { namespace } = model.service;
  const tags = [
    'obs-gen',
    serviceTag(model),
    ...(namespace === undefined ? [] : [`namespace:${namespace}`]),
    ...(dashboard.owner === undefined ? [] : [`owner:${dashboard.owner}`]),
  ];
  const panels = dashboard.rows.flatMap((row) => row.panels);
  return panels.some((panel) => panel.source.kind === 'slo') ? [...tags, 'slo'] : tags;
}
