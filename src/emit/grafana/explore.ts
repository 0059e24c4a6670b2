import type { Model } from '../../model/model.js';
import { dataSourceType, type DataSources } from './data-sources.js';

/** A part of a signal: what has to hold besides that it comes from the service. */
export interface Narrowing {
  /** Fields of log lines, or attributes of spans, and the values that they must have: Grafana's variables, or words. */
  readonly equal: ReadonlyMap<string, string>;
  /** Name of the spans. */
  readonly span?: string | undefined;
}

const everything: Narrowing = { equal: new Map() };

/** A query in Grafana's Explore, over the time that the dashboard shows. Grafana fills in variables, which therefore stay readable. */
function explore(datasource: { readonly type: string; readonly uid: string }, query: object): string {
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', datasource, ...query }],
    range: { from: '${__from}', to: '${__to}' },
  };
  const encoded = encodeURIComponent(JSON.stringify({ obs: pane }));
  return `/explore?schemaVersion=1&panes=${encoded.replace(/%24%7B([\w.]+)%7D/g, '${$1}')}`;
}

/** The service's log lines in Explore; undefined where it writes none that are known. */
export function logsUrl(
  model: Model,
  sources: Pick<DataSources, 'linked'>,
  { equal }: Narrowing = everything,
): string | undefined {
  if (model.logs.events.size === 0) return undefined;
  const fields = [...equal].map(([field, value]) => ` | ${field}="${value}"`).join('');
  const expr = `{service_name="${model.service.name}"}${fields === '' ? '' : ` | json${fields}`}`;
  return explore(sources.linked('logs'), { expr, queryType: 'range' });
}

/** The service's traces in Explore; undefined where it has none. Jaeger has no language to narrow them by numbers' labels. */
export function tracesUrl(
  model: Model,
  sources: Pick<DataSources, 'linked'>,
  { equal, span }: Narrowing = everything,
): string | undefined {
  if (model.spans.size === 0) return undefined;
  const service = model.service.name;
  const type = dataSourceType(model, 'traces');
  const conditions = [
    `resource.service.name = "${service}"`,
    ...(span === undefined ? [] : [`name = "${span}"`]),
    ...[...equal].map(([attribute, value]) => `span.${attribute} = "${value}"`),
  ];
  const query =
    type === 'jaeger'
      ? { queryType: 'search', service, ...(span === undefined ? {} : { operation: span }) }
      : { queryType: 'traceql', query: `{ ${conditions.join(' && ')} }`, limit: 20, tableType: 'traces' };
  return explore(sources.linked('traces'), query);
}
