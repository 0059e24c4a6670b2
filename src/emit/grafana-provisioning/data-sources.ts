import type { Model } from '../../model/model.js';
import { dataSourceType } from '../grafana/data-sources.js';
import { access } from './access.js';
import { literal, withEnvironment } from './escape.js';
import { storesOf, type Store } from './signals.js';
import { traceLinks } from './trace-links.js';

/** A data source as provisioning files have it. */
export interface DataSource {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
  readonly access: 'proxy';
  readonly url: string;
  readonly editable: false;
  readonly jsonData: object;
  /** What no reader of Grafana's sees. */
  readonly secureJsonData: object | undefined;
}

/** The label of exemplars and the key of log lines that hold the id of a trace, as the runtime writes them. */
const traceId = 'trace_id';

const titles: Readonly<Record<string, string>> = {
  prometheus: 'Prometheus',
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  loki: 'Loki',
  alertmanager: 'Alertmanager',
};

/** Names are unique in a Grafana as well as uids: one that is not called by its type alone says which it is. */
function nameOf(type: string, uid: string): string {
  const title = titles[type] ?? type;
  return uid === type ? title : `${title} (${uid})`;
}

/** None is the default: Grafana refuses all files where two of them say so, and another service's may. */
function dataSource(model: Model, store: Store, type: string, jsonData: object): DataSource {
  const uid = model.target.grafana.datasources[store];
  const { url, shown, secret } = access(model, store);
  return {
    name: literal(nameOf(type, uid)),
    type,
    uid: literal(uid),
    access: 'proxy',
    url: withEnvironment(url),
    editable: false,
    jsonData: { ...jsonData, ...shown },
    secureJsonData: secret,
  };
}

/** What Grafana calls the servers that it knows; VictoriaMetrics passes for Prometheus. */
const flavours = {
  prometheus: 'Prometheus',
  mimir: 'Mimir',
  thanos: 'Thanos',
  victoriametrics: 'Prometheus',
} as const;

function prometheus(model: Model, stores: ReadonlySet<Store>): DataSource {
  const { dialect, version, scrapeInterval } = model.target.prometheus;
  const { traces, alertmanager } = model.target.grafana.datasources;
  return dataSource(model, 'metrics', 'prometheus', {
    httpMethod: 'POST',
    prometheusType: flavours[dialect],
    prometheusVersion: dialect === 'prometheus' ? `${version}.0` : undefined,
    // $__rate_interval is made from it: four of them at least.
    timeInterval: scrapeInterval.text,
    manageAlerts: true,
    alertmanagerUid: stores.has('alertmanager') ? literal(alertmanager) : undefined,
    exemplarTraceIdDestinations: stores.has('traces')
      ? [{ name: traceId, datasourceUid: literal(traces), urlDisplayLabel: 'Trace' }]
      : undefined,
  });
}

/** An id that comes from an exemplar or a line does not say when: Tempo is asked for a day around the time that is shown. */
const day = { timeShiftEnabled: true, spanStartTimeShift: '-24h', spanEndTimeShift: '24h' };

function traceStore(model: Model, stores: ReadonlySet<Store>): DataSource {
  const links = traceLinks(model, stores);
  if (dataSourceType(model, 'traces') === 'jaeger') return dataSource(model, 'traces', 'jaeger', links);
  return dataSource(model, 'traces', 'tempo', {
    ...links,
    // From the series that Tempo's metrics generator, or the Collector's service graph connector, sends to Prometheus.
    serviceMap: { datasourceUid: literal(model.target.grafana.datasources.metrics) },
    search: { hide: false },
    traceQuery: day,
  });
}

function loki(model: Model, stores: ReadonlySet<Store>): DataSource {
  const trace = {
    url: literal('${__value.raw}'),
    datasourceUid: literal(model.target.grafana.datasources.traces),
    urlDisplayLabel: 'Trace',
  };
  const derived = [
    // Structured metadata, where the record came over OTLP, or a key of the line that the query has parsed.
    { name: traceId, matcherType: 'label', matcherRegex: traceId, ...trace },
    // A line of standard output that nobody has parsed.
    ...(model.logs.outputs.otlp
      ? []
      : [
          {
            name: `${traceId} in the line`,
            matcherType: 'regex',
            matcherRegex: `"${traceId}":"(\\w+)"`,
            ...trace,
          },
        ]),
  ];
  return dataSource(model, 'logs', 'loki', { derivedFields: stores.has('traces') ? derived : undefined });
}

/** Whether Grafana's own rules are on decides whether their alerts go where the spec's routes are. */
function alertmanager(model: Model): DataSource {
  return dataSource(model, 'alertmanager', 'alertmanager', {
    implementation: 'prometheus',
    handleGrafanaManagedAlerts: model.target.grafana.alerts,
  });
}

/** The data sources of a spec, linked with each other. */
export function dataSources(model: Model): readonly DataSource[] {
  const stores = storesOf(model);
  return [
    prometheus(model, stores),
    ...(stores.has('traces') ? [traceStore(model, stores)] : []),
    ...(stores.has('logs') ? [loki(model, stores)] : []),
    ...(stores.has('alertmanager') ? [alertmanager(model)] : []),
  ];
}
