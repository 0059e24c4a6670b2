/** A dashboard as a reader of JSON sees it: nothing is taken on trust from the types of the emitter, and tests may spoil it. */
export interface Board {
  [other: string]: unknown;
  uid: string;
  title: string;
  description: string;
  tags: string[];
  editable: boolean;
  schemaVersion: number;
  timezone: string;
  graphTooltip: number;
  refresh: string;
  time: { from: string; to: string };
  annotations: { list: Annotation[] };
  links: { title: string; url: string }[];
  templating: { list: Variable[] };
  /** Rows have an id, a title, a place and, where they are closed, their panels. */
  panels: Panel[];
}

export interface Annotation {
  name: string;
  enable: boolean;
  expr?: string;
  useValueForTime?: boolean;
}

export interface Variable {
  type: string;
  name: string;
  label: string;
  query: string;
  datasource?: { uid: string };
  multi: boolean;
  includeAll: boolean;
  allValue?: string;
  refresh: number;
  sort?: number;
  current: { value: unknown };
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description: string;
  pluginVersion?: string;
  collapsed?: boolean;
  panels?: Panel[];
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: Defaults; overrides: Override[] };
  interval?: string;
  links: { title: string; url: string }[];
  options: {
    content?: string;
    alertInstanceLabelFilter?: string;
    legend?: { calcs: string[]; displayMode: string; placement: string };
    reduceOptions?: { calcs: string[] };
    yAxis?: { unit: string };
  };
  targets?: Target[];
}

export interface Defaults {
  unit?: string;
  min?: number;
  max?: number;
  noValue?: string;
  links?: { title: string; url: string }[];
  decimals?: number;
  custom?: { thresholdsStyle?: { mode: string }; axisSoftMax?: number };
  mappings?: unknown[];
  thresholds?: { steps: { color: string; value: number | null }[] };
}

export interface Override {
  matcher: { id: string; options: string };
  properties: { id: string; value: unknown }[];
}

export interface Target {
  datasource: { type: string; uid: string };
  expr: string;
  query?: string;
  queryType?: string;
  legendFormat?: string;
  refId: string;
  format?: string;
  instant?: boolean;
  range?: boolean;
  exemplar?: boolean;
}
