import { authored } from '../../../encode/authored-markdown.js';
import { dataSourceType } from '../data-sources.js';
import type { Target } from '../dashboard.js';
import { jaegerSearch } from '../jaeger-search.js';
import type { Draw } from '../layout.js';
import { matcher, selector } from '../../../promql/build.js';
import { printPromql } from '../../../promql/print.js';
import { sloLabels } from '../../../slo/names.js';
import { ownAlerts } from '../own-alerts.js';
import type { PanelView } from '../view.js';
import { frame } from './frame.js';

const plainField = { defaults: {}, overrides: [] } as const;

export function drawText(view: PanelView): Draw {
  const { source } = view.panel;
  const content = source.kind === 'text' ? authored(source.markdown) : '';
  return () => ({
    type: 'text',
    ...frame(view),
    fieldConfig: plainField,
    options: {
      code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false },
      content,
      mode: 'markdown',
    },
  });
}

export function drawLogs(view: PanelView): Draw {
  const { source } = view.panel;
  const datasource = view.sources.ref('logs');
  const expr = source.kind === 'foreign' ? source.query.value : '';
  return () => ({
    type: 'logs',
    ...frame(view),
    datasource,
    fieldConfig: plainField,
    options: {
      dedupStrategy: 'none',
      enableLogDetails: true,
      prettifyLogMessage: false,
      showCommonLabels: false,
      showLabels: false,
      showTime: true,
      sortOrder: 'Descending',
      wrapLogMessage: true,
    },
    targets: [{ datasource, editorMode: 'code', expr, queryType: 'range', refId: 'A' }],
  });
}

/** The most traces that a search lists. */
const traceLimit = 20;

/**
 * Traces that a search finds, as a table with a link to each: Grafana's panel of the name `traces` draws one trace whose id is known.
 * Jaeger has no TraceQL: there, the search has what its fields can say of it.
 */
export function drawTraces(view: PanelView): Draw {
  const { source } = view.panel;
  const query = source.kind === 'foreign' ? source.query.value.trim() : '';
  const datasource = view.sources.ref('traces');
  const isId = /^[0-9a-f]{16}(?:[0-9a-f]{16})?$/i.test(query);
  const target: Target =
    dataSourceType(view.model, 'traces') === 'jaeger'
      ? {
          datasource,
          limit: traceLimit,
          queryType: 'search',
          refId: 'A',
          service: view.model.service.name,
          ...jaegerSearch(query),
        }
      : { datasource, limit: traceLimit, query, queryType: 'traceql', refId: 'A', tableType: 'traces' };
  return () =>
    isId
      ? {
          type: 'traces',
          ...frame(view),
          datasource,
          fieldConfig: plainField,
          options: {},
          targets: [target],
        }
      : {
          type: 'table',
          ...frame(view),
          datasource,
          fieldConfig: {
            defaults: {
              custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true, inspect: false },
            },
            overrides: [],
          },
          options: { cellHeight: 'sm', showHeader: true, sortBy: [] },
          targets: [target],
        };
}

/** Alerts of the service, or of one objective, whoever evaluates the rules. */
export function drawAlertList(view: PanelView): Draw {
  const { source } = view.panel;
  const objective = source.kind === 'alertlist' ? source.slo : undefined;
  const own = ownAlerts(view.model);
  const filter = objective === undefined ? [own] : [own, matcher(sloLabels.slo, '=', objective.name)];
  return () => ({
    type: 'alertlist',
    ...frame(view),
    fieldConfig: plainField,
    options: {
      alertInstanceLabelFilter: printPromql(selector(undefined, filter)),
      alertName: '',
      dashboardAlerts: false,
      groupBy: [],
      groupMode: 'default',
      maxItems: 20,
      showInstances: true,
      sortOrder: 3,
      stateFilter: {
        error: true,
        firing: true,
        noData: false,
        normal: false,
        pending: true,
        recovering: true,
      },
      viewMode: 'list',
    },
  });
}
