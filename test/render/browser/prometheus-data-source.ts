import {
  DataSourceApi,
  LoadingState,
  PluginType,
  type AnnotationEvent,
  type AnnotationQuery,
  type DataFrame,
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';
import { from, of, type Observable } from 'rxjs';
import type { BoardTarget } from './board.js';
import { framesOf, type Series } from './frames.js';
import { timingOf, withTimes, withVariables } from './interpolation.js';

type Query = DataQuery & BoardTarget;

interface Answer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: { readonly resultType: string; readonly result: readonly Series[] };
}

interface Values {
  readonly data?: readonly string[];
}

export type SourceType = 'prometheus' | 'loki' | 'tempo' | 'jaeger';

/** What Grafana knows of a data source that somebody set up. */
export function settingsOf(type: SourceType): DataSourceInstanceSettings {
  const meta = { id: type, name: type, type: PluginType.datasource, module: '', baseUrl: '', info: {} };
  return {
    id: 1,
    uid: type,
    name: type,
    type,
    access: 'proxy',
    readOnly: true,
    isDefault: type === 'prometheus',
    jsonData: {},
    meta,
  } as unknown as DataSourceInstanceSettings;
}

/** Asks the Prometheus behind this page's server, as Grafana's data source does. */
export class PrometheusDataSource extends DataSourceApi<Query> {
  readonly #scrapeInterval: number;

  /** @param scrapeInterval seconds */
  constructor(scrapeInterval: number) {
    super(settingsOf('prometheus'));
    this.#scrapeInterval = scrapeInterval;
    this.annotations = {
      prepareQuery: (annotation: AnnotationQuery<Query>) => {
        const { expr } = annotation as { readonly expr?: string };
        return { refId: 'Annotation', expr: expr ?? '', interval: '60s' } as Query;
      },
      processEvents: (annotation: AnnotationQuery<Query>, frames: DataFrame[]) =>
        of(eventsOf(annotation, frames)),
    };
  }

  override query(request: DataQueryRequest<Query>): Observable<DataQueryResponse> {
    return from(this.#answer(request));
  }

  override testDatasource(): Promise<never> {
    return Promise.reject(new Error('nobody sets this data source up'));
  }

  /** The choices of a variable. */
  override async metricFindQuery(
    query: string | { readonly query: string },
    options?: { readonly scopedVars?: ScopedVars },
  ): Promise<MetricFindValue[]> {
    const text = withVariables(typeof query === 'string' ? query : query.query, options?.scopedVars);
    const match = /^label_values\((?:(?<selector>.+),\s*)?(?<label>\w+)\)$/s.exec(text.trim());
    if (match?.groups === undefined) throw new Error(`no query for a variable: ${text}`);
    const { selector, label = '' } = match.groups;
    const search = selector === undefined ? '' : `?${new URLSearchParams({ 'match[]': selector })}`;
    const response = await fetch(`/prometheus/api/v1/label/${label}/values${search}`);
    const { data } = (await response.json()) as Values;
    return (data ?? []).map((value) => ({ text: value }));
  }

  async #answer(request: DataQueryRequest<Query>): Promise<DataQueryResponse> {
    const targets = request.targets.filter(({ hide }) => hide !== true);
    const context = { queries: targets.length };
    const answers = targets.map(async (target) => {
      const timing = timingOf(request, this.#scrapeInterval, target.interval);
      const timed = withTimes(target.expr ?? '', timing, this.#scrapeInterval);
      const query = withVariables(timed, request.scopedVars);
      const { start, end, step } = timing;
      const parameters: Record<string, string> =
        target.instant === true
          ? { query, time: String(end) }
          : { query, start: String(start), end: String(end), step: String(step) };
      const path = target.instant === true ? 'query' : 'query_range';
      const response = await fetch(`/prometheus/api/v1/${path}?${new URLSearchParams(parameters)}`);
      const { status, error, data } = (await response.json()) as Answer;
      if (status !== 'success') throw new Error(`${error ?? response.statusText}: ${query}`);
      return framesOf(data?.result ?? [], target, { ...context, step });
    });
    return { data: (await Promise.all(answers)).flat(), state: LoadingState.Done };
  }
}

/** How long a series may be silent before its next value is an event of its own, in milliseconds. */
const silence = 61_000;

/** An event for each stretch of time in which a series has a value; where the value is itself a time, at each value. */
function eventsOf(annotation: AnnotationQuery<Query>, frames: readonly DataFrame[]): AnnotationEvent[] {
  const { useValueForTime } = annotation as { readonly useValueForTime?: boolean };
  return frames.flatMap(({ fields: [time, value] }) => {
    const times = (time?.values ?? []) as readonly number[];
    const values = (value?.values ?? []) as readonly number[];
    const starts =
      useValueForTime === true
        ? [...new Set(values)]
        : times.filter((at, index) => at - (times[index - 1] ?? 0) > silence);
    return starts.map((at): AnnotationEvent => ({
      time: at,
      text: annotation.name,
      color: annotation.iconColor,
    }));
  });
}
