/**
 * What the page reads of a dashboard: the part of Grafana's classic JSON that obs-gen writes, as loosely as a reader can take it. The
 * writer's closed type is in src/emit/grafana/dashboard.ts; a test holds the two together, so that this project needs nothing of the
 * compiler.
 */

export interface GridPosition {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

export interface Target {
  readonly refId: string;
  readonly expr?: string | undefined;
  readonly query?: string | undefined;
  readonly service?: string | undefined;
  /** What a search of Jaeger asks for. */
  readonly operation?: string | undefined;
  readonly tags?: string | undefined;
  readonly minDuration?: string | undefined;
  readonly maxDuration?: string | undefined;
  readonly queryType?: string | undefined;
  readonly format?: string | undefined;
  readonly instant?: boolean | undefined;
  readonly exemplar?: boolean | undefined;
  readonly interval?: string | undefined;
  readonly legendFormat?: string | undefined;
  readonly datasource?: { readonly type: string } | undefined;
  readonly hide?: boolean | undefined;
}

export interface ThresholdStep {
  readonly color: string;
  readonly value: number | null;
}

export interface Mapping {
  readonly type: string;
  readonly options: object;
}

export interface Link {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean | undefined;
}

/** Settings of one series or column, after the overrides. */
export interface Field {
  readonly unit?: string | undefined;
  readonly decimals?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly noValue?: string | undefined;
  readonly displayName?: string | undefined;
  readonly color?: { readonly mode: string; readonly fixedColor?: string | undefined } | undefined;
  readonly mappings?: readonly Mapping[] | undefined;
  readonly thresholds?:
    { readonly mode?: string | undefined; readonly steps: readonly ThresholdStep[] } | undefined;
  readonly custom?: object | undefined;
  readonly links?: readonly Link[] | undefined;
}

export interface Override {
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly gridPos: GridPosition;
  readonly links?: readonly Link[] | undefined;
  readonly interval?: string | undefined;
  readonly fieldConfig?: { readonly defaults: Field; readonly overrides: readonly Override[] } | undefined;
  readonly options?: object | undefined;
  readonly targets?: readonly Target[] | undefined;
  readonly transformations?: readonly { readonly id: string; readonly options: object }[] | undefined;
  /** Of a row. */
  readonly collapsed?: boolean | undefined;
  /** Of a collapsed row. */
  readonly panels?: readonly Panel[] | undefined;
}

export interface Variable {
  readonly type: string;
  readonly name: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly query: string;
  readonly allValue?: string | undefined;
  readonly includeAll?: boolean | undefined;
  readonly multi?: boolean | undefined;
  readonly hide?: number | undefined;
  readonly current: { readonly text: string | readonly string[]; readonly value: string | readonly string[] };
}

export interface Annotation {
  readonly name: string;
  readonly enable: boolean;
  readonly hide?: boolean | undefined;
  readonly iconColor: string;
  readonly expr?: unknown;
  readonly step?: unknown;
  readonly titleFormat?: unknown;
  readonly textFormat?: unknown;
  readonly useValueForTime?: unknown;
}

export interface BoardLink extends Link {
  readonly type: string;
  readonly tooltip?: string | undefined;
  readonly keepTime?: boolean | undefined;
  readonly includeVars?: boolean | undefined;
}

export interface Board {
  readonly uid: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly tags: readonly string[];
  readonly links: readonly BoardLink[];
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly time: { readonly from: string; readonly to: string };
  readonly refresh: string;
  readonly panels: readonly Panel[];
}
