import type { Text } from '../diagnostics/text.js';
import type { Expr } from '../promql/ast.js';
import type { Alert, Label, Metric, Query, Slo } from './model.js';
import type { Origin, Repaired } from './origin.js';

export type PanelType =
  | 'timeseries'
  | 'stat'
  | 'gauge'
  | 'bargauge'
  | 'heatmap'
  | 'table'
  | 'piechart'
  | 'state-timeline'
  | 'logs'
  | 'traces'
  | 'text'
  | 'alertlist';
export type Show =
  'rate' | 'increase' | 'value' | 'sum' | 'avg' | 'min' | 'max' | 'p50' | 'p90' | 'p95' | 'p99';

export type PanelSource =
  | {
      readonly kind: 'metric';
      readonly metric: Metric;
      readonly show: readonly Show[];
      readonly by: readonly Label[];
    }
  | {
      readonly kind: 'queries';
      readonly queries: readonly { readonly name: string | undefined; readonly query: Query }[];
    }
  /** Queries of a dashboard that nobody wrote: built from the metrics, so that there is no text to point at. */
  | {
      readonly kind: 'expressions';
      readonly expressions: readonly { readonly name: string | undefined; readonly expr: Expr }[];
    }
  /** LogQL or TraceQL, which obs-gen does not analyse. */
  | { readonly kind: 'foreign'; readonly query: Text }
  | { readonly kind: 'slo'; readonly slo: Slo }
  /** All objectives in one table, each with a link to its own dashboard. */
  | { readonly kind: 'objectives'; readonly slos: readonly Slo[] }
  /** The expression of `thresholdsFrom`, without its outer comparison. */
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'text'; readonly markdown: string }
  /** The alerts of the service, or of one objective. */
  | { readonly kind: 'alertlist'; readonly slo?: Slo | undefined };

export interface Panel {
  readonly title: string;
  readonly type: PanelType;
  readonly description: string | undefined;
  /** A Grafana unit; undefined: from the metric. */
  readonly unit: string | undefined;
  readonly stack: boolean;
  readonly source: PanelSource;
  readonly thresholdsFrom: Alert | undefined;
  readonly origin: Origin;
}

/** Dashboards that are there without being asked for, by what they are about. */
export type BoardTopic = (typeof boardTopics)[number];
export const boardTopics = [
  'service',
  'slos',
  'slo',
  'agents',
  'models',
  'cost',
  'runtime',
  'gpu',
  'security',
  'telemetry',
] as const;

export interface PanelRow {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** Closed until somebody opens it: for what is rarely looked at. */
  readonly collapsed?: boolean | undefined;
}

export interface Dashboard {
  readonly name: string;
  /** Undefined: the author's own. */
  readonly topic?: BoardTopic | undefined;
  readonly title: string;
  readonly description: string | undefined;
  readonly variables: readonly Label[];
  readonly refresh: string | undefined;
  readonly from: string | undefined;
  readonly annotations: { readonly deployments: boolean; readonly alerts: boolean };
  readonly rows: readonly PanelRow[];
  /** ISO date from which a warning asks whether it is still wanted; the output does not depend on it. */
  readonly expires?: string | undefined;
  readonly owner: string | undefined;
  readonly origin: Origin;
  readonly repaired: Repaired;
}
