/** Dashboards in Grafana's classic JSON, as far as obs-gen writes it: schemaVersion 42, read by Grafana 10 to 13. */

export interface DataSourceRef {
  readonly type: 'prometheus' | 'loki' | 'tempo' | 'jaeger' | 'grafana';
  readonly uid: string;
}

export interface GridPos {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

export interface PrometheusTarget {
  readonly datasource: DataSourceRef;
  readonly editorMode: 'code';
  readonly exemplar: boolean;
  readonly expr: string;
  readonly format: 'time_series' | 'table' | 'heatmap';
  readonly instant: boolean;
  readonly interval?: string | undefined;
  readonly legendFormat: string;
  readonly range: boolean;
  readonly refId: string;
}

export interface LokiTarget {
  readonly datasource: DataSourceRef;
  readonly editorMode: 'code';
  readonly expr: string;
  readonly queryType: 'range';
  readonly refId: string;
}

export interface TempoTarget {
  readonly datasource: DataSourceRef;
  readonly limit: number;
  readonly query: string;
  readonly queryType: 'traceql';
  readonly refId: string;
  readonly tableType: 'traces';
}

export interface JaegerTarget {
  readonly datasource: DataSourceRef;
  readonly limit: number;
  readonly queryType: 'search';
  readonly refId: string;
  readonly service: string;
  /** The name of a span. */
  readonly operation?: string;
  /** `key=value`, separated by spaces. */
  readonly tags?: string;
  /** As Jaeger writes it: `1.5s`. */
  readonly minDuration?: string;
  readonly maxDuration?: string;
}

export type Target = PrometheusTarget | LokiTarget | TempoTarget | JaegerTarget;

export interface Threshold {
  readonly color: string;
  /** Null for the first: everything below the next. */
  readonly value: number | null;
}

export interface ValueMapping {
  readonly type: 'value' | 'special';
  readonly options: object;
}

export interface FieldDefaults {
  readonly color?: { readonly mode: string; readonly fixedColor?: string | undefined } | undefined;
  readonly custom?: object | undefined;
  readonly decimals?: number | undefined;
  readonly links?: readonly PanelLink[] | undefined;
  readonly mappings?: readonly ValueMapping[] | undefined;
  readonly max?: number | undefined;
  readonly min?: number | undefined;
  readonly noValue?: string | undefined;
  readonly thresholds?: { readonly mode: 'absolute'; readonly steps: readonly Threshold[] } | undefined;
  readonly unit?: string | undefined;
}

export interface FieldOverride {
  readonly matcher: { readonly id: 'byName' | 'byRegexp' | 'byFrameRefID'; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

/** A link of a panel, or of what it shows: then Grafana fills in the value that was clicked. */
export interface PanelLink {
  readonly targetBlank: boolean;
  readonly title: string;
  readonly url: string;
}

/** A panel without its place: what the functions in `panels/` make. */
export interface PanelContent {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly datasource?: DataSourceRef | undefined;
  readonly fieldConfig: { readonly defaults: FieldDefaults; readonly overrides: readonly FieldOverride[] };
  readonly interval?: string | undefined;
  readonly links: readonly PanelLink[];
  readonly options: object;
  readonly targets?: readonly Target[] | undefined;
  readonly transformations?: readonly { readonly id: string; readonly options: object }[] | undefined;
}

export interface GrafanaPanel extends PanelContent {
  /** Unique in the dashboard, from 1. */
  readonly id: number;
  readonly gridPos: GridPos;
  /** What Grafana takes the options for; without it, it runs migrations of old formats over them. */
  readonly pluginVersion: string;
}

export interface GrafanaRow {
  readonly type: 'row';
  readonly id: number;
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: GridPos;
  /** Of a closed row, its panels; those of an open one follow it. */
  readonly panels: readonly GrafanaPanel[];
}

export interface VariableChoice {
  readonly selected: boolean;
  readonly text: string | readonly string[];
  readonly value: string | readonly string[];
}

export interface DataSourceVariable {
  readonly type: 'datasource';
  readonly name: string;
  readonly label: string;
  readonly query: DataSourceRef['type'];
  readonly current: VariableChoice;
  readonly hide: 0;
  readonly includeAll: false;
  readonly multi: false;
  readonly options: readonly [];
  readonly refresh: 1;
  readonly regex: '';
  readonly skipUrlSync: false;
}

export interface QueryVariable {
  readonly type: 'query';
  readonly name: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly datasource: DataSourceRef;
  readonly definition: string;
  readonly query: string;
  readonly allValue: '.+';
  readonly current: VariableChoice;
  readonly hide: 0;
  readonly includeAll: true;
  readonly multi: true;
  readonly options: readonly [];
  /** When the time range changes: names come and go. */
  readonly refresh: 2;
  readonly regex: '';
  readonly skipUrlSync: false;
  readonly sort: 1;
}

export type Variable = DataSourceVariable | QueryVariable;

export interface Annotation {
  readonly name: string;
  readonly datasource: DataSourceRef;
  readonly enable: boolean;
  readonly hide?: boolean | undefined;
  readonly iconColor: string;
  readonly [key: string]: unknown;
}

export interface DashboardLink {
  readonly type: 'dashboards' | 'link';
  readonly title: string;
  readonly tags: readonly string[];
  readonly url: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly asDropdown: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
  readonly targetBlank: boolean;
}

export interface GrafanaDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly editable: false;
  readonly fiscalYearStartMonth: 0;
  /** 1: the crosshair is shared by all panels. */
  readonly graphTooltip: 1;
  readonly links: readonly DashboardLink[];
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly time: { readonly from: string; readonly to: 'now' };
  readonly timepicker: object;
  readonly timezone: 'browser';
  readonly refresh: string;
  readonly schemaVersion: 42;
  readonly panels: readonly (GrafanaRow | GrafanaPanel)[];
}
