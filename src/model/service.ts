import type { BoardTopic } from './dashboard.js';
import type { Duration } from './duration.js';
import type { Origin } from './origin.js';

export interface Service {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly owner: string | undefined;
  /** Base URL of the runbooks, without a trailing slash. */
  readonly runbooks: string | undefined;
  /** Labels that the scrape sets and that tell this service's series from those of others; empty where it has Prometheus to itself. */
  readonly selector: ReadonlyMap<string, string>;
  readonly origin: Origin;
}

export interface Target {
  readonly prometheus: {
    readonly dialect: 'prometheus' | 'mimir' | 'thanos' | 'victoriametrics';
    readonly version: string;
    readonly scrapeInterval: Duration;
    readonly evaluationInterval: Duration;
    readonly retention: Duration | undefined;
  };
  readonly grafana: {
    readonly folder: string;
    /** The dashboards that are made without being asked for, where there is something to show. */
    readonly boards: ReadonlySet<BoardTopic>;
    /** uid of the data source of each signal. */
    readonly datasources: {
      readonly metrics: string;
      readonly traces: string;
      readonly logs: string;
      readonly alertmanager: string;
    };
    /** Where Grafana finds what a data source reads; `${NAME}` is Grafana's to fill in. */
    readonly urls: {
      readonly metrics: string;
      readonly traces: string;
      readonly logs: string;
      readonly alertmanager: string;
    };
    /** Directory that Grafana reads the dashboards from; absolute, without a slash at the end. */
    readonly dashboardsPath: string;
    /** Whether the alerts are also written as rules that Grafana evaluates. */
    readonly alerts: boolean;
  };
  readonly typescript: {
    readonly runtime: 'vendored' | 'package';
    /** How relative imports end: `auto` has been decided by now. */
    readonly imports: 'js' | 'ts' | 'none';
  };
  readonly conventions: { readonly genai: '1.41' | 'next' | 'dual' };
}

export interface Budgets {
  /** Worst-case series that one instance may expose. */
  readonly seriesPerInstance: number;
  /** Worst-case series that one metric may have. */
  readonly seriesPerMetric: number;
  readonly origin: Origin | undefined;
}
