import type { Dashboard, Model } from '../../model/model.js';
import type { DataSourceRef, DataSourceVariable } from './dashboard.js';

export type Signal = 'metrics' | 'logs' | 'traces';

/** The data sources of one dashboard: a variable for each signal that a panel of it shows. */
export interface DataSources {
  /** How panels refer to it: through the variable, so that people can choose another one. */
  ref(signal: Signal): DataSourceRef;
  /** How links refer to it: through the variable where the dashboard has one, by the uid of the spec elsewhere. */
  linked(signal: Signal): DataSourceRef;
  readonly variables: readonly DataSourceVariable[];
}

const labels = {
  prometheus: 'Prometheus',
  loki: 'Loki',
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  grafana: 'Grafana',
};

/** The type of the data source that a signal is stored in. */
export function dataSourceType(model: Model, signal: Signal): DataSourceRef['type'] {
  if (signal === 'metrics') return 'prometheus';
  if (signal === 'logs') return 'loki';
  return model.sections.stack?.traces?.store === 'jaeger' ? 'jaeger' : 'tempo';
}

/** The signals that a dashboard shows; metrics always, for its annotations. */
function signalsOf(dashboard: Dashboard): readonly Signal[] {
  const panels = dashboard.rows.flatMap((row) => row.panels);
  const shown = new Set(panels.map((panel) => panel.type));
  return [
    'metrics',
    ...(shown.has('logs') ? (['logs'] as const) : []),
    ...(shown.has('traces') ? (['traces'] as const) : []),
  ];
}

/**
 * One variable is called `datasource`, as everywhere in the Grafana world; several are called by their types. They are set to the uids
 * of the spec, which people may change in the dashboard.
 */
export function dataSourcesOf(model: Model, dashboard: Dashboard): DataSources {
  const signals = signalsOf(dashboard);
  const nameOf = (signal: Signal): string =>
    signals.length === 1 ? 'datasource' : `${dataSourceType(model, signal)}_datasource`;
  const variables = signals.map((signal): DataSourceVariable => {
    const type = dataSourceType(model, signal);
    const uid = model.target.grafana.datasources[signal];
    return {
      type: 'datasource',
      name: nameOf(signal),
      label: signals.length === 1 ? 'Data source' : `${labels[type]} data source`,
      query: type,
      current: { selected: true, text: uid, value: uid },
      hide: 0,
      includeAll: false,
      multi: false,
      options: [],
      refresh: 1,
      regex: '',
      skipUrlSync: false,
    };
  });
  const ref = (signal: Signal): DataSourceRef => ({
    type: dataSourceType(model, signal),
    uid: `\${${nameOf(signal)}}`,
  });
  return {
    ref,
    linked: (signal) =>
      signals.includes(signal)
        ? ref(signal)
        : { type: dataSourceType(model, signal), uid: model.target.grafana.datasources[signal] },
    variables,
  };
}
