import type { ValidateFunction } from 'ajv';
import { withDefaults } from './defaults.js';

/** What the schema of a type has against a part of a dashboard. */
export interface Fault {
  /** Where in the JSON: `/panels/3/options/legend`. */
  readonly path: string;
  readonly message: string;
}

/** The parts of a dashboard that are looked at by type. */
interface Part {
  readonly type?: unknown;
  readonly options?: unknown;
  readonly fieldConfig?: { readonly defaults?: { readonly custom?: unknown } };
  readonly datasource?: { readonly type?: unknown };
  readonly targets?: readonly Part[];
  readonly panels?: readonly Part[];
}

/** By type of panel: the types of its options and of its own settings of a field. */
const panelTypes: Readonly<Record<string, { readonly options?: string; readonly custom?: string }>> = {
  timeseries: { options: 'TimeSeriesOptions', custom: 'TimeSeriesCustom' },
  stat: { options: 'StatOptions' },
  gauge: { options: 'GaugeOptions' },
  bargauge: { options: 'BarGaugeOptions' },
  heatmap: { options: 'HeatmapOptions', custom: 'HeatmapCustom' },
  table: { options: 'TableOptions', custom: 'TableCustom' },
  piechart: { options: 'PieChartOptions', custom: 'PieChartCustom' },
  'state-timeline': { options: 'StateTimelineOptions', custom: 'StateTimelineCustom' },
  logs: { options: 'LogsOptions' },
  text: { options: 'TextOptions' },
  // The SDK has nothing of these.
  traces: {},
  alertlist: {},
};

const targetTypes: Readonly<Record<string, string | undefined>> = {
  prometheus: 'PrometheusTarget',
  loki: 'LokiTarget',
  tempo: 'TempoTarget',
  // The SDK has no queries of Jaeger.
  jaeger: undefined,
};

/** Checks dashboards against the SDK's types. */
export class Validator {
  readonly #types: ReadonlyMap<string, ValidateFunction>;

  constructor(types: ReadonlyMap<string, ValidateFunction>) {
    this.#types = types;
  }

  /** What a type has against a value, with the keys that Grafana fills in. */
  faults(type: string, value: unknown, path = ''): readonly Fault[] {
    const validate = this.#types.get(type);
    if (validate === undefined) throw new Error(`no type ${type}`);
    if (validate(withDefaults(type, value))) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => ({
      path: path + instancePath,
      message: `${message ?? 'is wrong'} ${JSON.stringify(params)}`,
    }));
  }

  /** What the types have against a dashboard, as parsed from its JSON. */
  dashboard(value: unknown): readonly Fault[] {
    const { panels = [] } = value as Part;
    return [...this.faults('Board', value), ...this.#panels(panels, '')];
  }

  #panels(panels: readonly Part[], path: string): readonly Fault[] {
    return panels.flatMap((panel, index) => this.#panel(panel, `${path}/panels/${index}`));
  }

  #panel(panel: Part, path: string): readonly Fault[] {
    if (panel.type === 'row')
      return [...this.faults('Row', panel, path), ...this.#panels(panel.panels ?? [], path)];
    const types = panelTypes[String(panel.type)];
    if (types === undefined) return [{ path: `${path}/type`, message: `no panel ${String(panel.type)}` }];
    const custom = panel.fieldConfig?.defaults?.custom;
    return [
      ...this.faults('PanelShape', panel, path),
      ...(types.options === undefined ? [] : this.faults(types.options, panel.options, `${path}/options`)),
      ...(custom === undefined
        ? []
        : types.custom === undefined
          ? [
              {
                path: `${path}/fieldConfig/defaults/custom`,
                message: 'this panel has no settings of its own',
              },
            ]
          : this.faults(types.custom, custom, `${path}/fieldConfig/defaults/custom`)),
      ...(panel.targets ?? []).flatMap((target, index) => this.#target(target, `${path}/targets/${index}`)),
    ];
  }

  #target(target: Part, path: string): readonly Fault[] {
    const store = String(target.datasource?.type);
    if (!Object.hasOwn(targetTypes, store)) return [{ path, message: `no data source ${store}` }];
    const type = targetTypes[store];
    return type === undefined ? [] : this.faults(type, target, path);
  }
}
