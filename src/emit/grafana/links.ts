import { allDashboards } from '../../dashboards/index.js';
import type { Model } from '../../model/model.js';
import { runbooksUrl } from '../../model/runbook.js';
import type { DashboardLink } from './dashboard.js';
import type { DataSources } from './data-sources.js';
import { logsUrl, tracesUrl } from './explore.js';

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

/** Logs and traces of the service, for those who saw something in its numbers. */
function exploreLinks(model: Model, sources: DataSources): readonly DashboardLink[] {
  const { name } = model.service;
  const logs = logsUrl(model, sources);
  const traces = tracesUrl(model, sources);
  return [
    ...(logs === undefined
      ? []
      : [{ ...plain, title: 'Logs', icon: 'doc', tooltip: `Logs of ${name}`, url: logs }]),
    ...(traces === undefined
      ? []
      : [{ ...plain, title: 'Traces', icon: 'bolt', tooltip: `Traces of ${name}`, url: traces }]),
  ];
}

/** The tag that the dashboards of one service share. */
export function serviceTag(model: Model): string {
  return `service:${model.service.name}`;
}

/** Links at the top of a dashboard: the service's other dashboards, its runbooks, logs and traces. */
export function dashboardLinks(model: Model, sources: DataSources): readonly DashboardLink[] {
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
    ...(allDashboards(model).length > 1 ? [others] : []),
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
    ...exploreLinks(model, sources),
  ];
}
