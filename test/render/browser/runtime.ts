import {
  EventBusSrv,
  LoadingState,
  setTimeZoneResolver,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type PanelData,
  type PanelPlugin,
} from '@grafana/data';
import {
  config,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setPluginImportUtils,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { catchError, from, map, of, switchMap, type Observable } from 'rxjs';
import { settingsOf, type PrometheusDataSource, type SourceType } from './prometheus-data-source.js';
import { theme } from './theme.js';

const sources: readonly SourceType[] = ['prometheus', 'loki', 'tempo', 'jaeger'];

function typeOf(reference: unknown): SourceType {
  const text = typeof reference === 'string' ? reference : JSON.stringify(reference ?? '');
  return sources.find((type) => text.includes(type)) ?? 'prometheus';
}

interface RunRequest {
  (source: DataSourceApi, request: DataQueryRequest): Observable<PanelData>;
}

/** Asks a data source, and says what went wrong in the form in which panels show it. */
const runRequest: RunRequest = (source, request) => {
  const asked = from(Promise.resolve(source.query(request)));
  const data = (more: Partial<PanelData>): PanelData => ({
    state: LoadingState.Done,
    series: [],
    annotations: [],
    timeRange: request.range,
    request,
    ...more,
  });
  return asked.pipe(
    switchMap((answer) => from(answer as Observable<DataQueryResponse>)),
    map((answer) => data({ series: answer.data as PanelData['series'] })),
    catchError((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      return of(data({ state: LoadingState.Error, errors: [{ message }] }));
    }),
  );
};

/** Stands in for the Grafana around a dashboard: who knows the data sources, the panels and the theme. */
export function installRuntime(
  prometheus: PrometheusDataSource,
  panels: ReadonlyMap<string, PanelPlugin>,
): void {
  Object.assign(config, { theme2: theme, featureToggles: {} });
  setTimeZoneResolver(() => 'utc');
  setDataSourceSrv({
    get: () => Promise.resolve(prometheus),
    getList: (filter?: { readonly pluginId?: string }): DataSourceInstanceSettings[] =>
      sources.filter((type) => filter?.pluginId === undefined || filter.pluginId === type).map(settingsOf),
    getInstanceSettings: (reference: unknown) => settingsOf(typeOf(reference)),
    reload: () => Promise.resolve(),
    registerRuntimeDataSource: () => undefined,
  } as never);
  setRunRequest(runRequest as never);
  setPluginImportUtils({
    importPanelPlugin: (id: string) => {
      const plugin = panels.get(id);
      if (plugin === undefined) return Promise.reject(new Error(`there is no panel of type ${id}`));
      return Promise.resolve(plugin);
    },
    getPanelPluginFromCache: (id: string) => panels.get(id),
  });
  setAppEvents(new EventBusSrv());
  setTemplateSrv({
    replace: (text = '') => text,
    getVariables: () => [],
    containsTemplate: () => false,
    updateTimeRange: () => undefined,
  });
  setEchoSrv({
    flush: () => undefined,
    addBackend: () => undefined,
    addEvent: () => undefined,
    onInteraction: () => () => undefined,
  });
  setBackendSrv({ fetch: () => of({ data: {} }), get: () => Promise.resolve({}) } as never);
}
