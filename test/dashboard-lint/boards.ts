import { ownBoards, type OwnBoard } from '../../src/dashboard-lint/own-boards.js';
import type { Model } from '../../src/model/model.js';
import { modelOf } from '../support/model.js';

/** JSON that a test may spoil, as far as tests look into it. */
export interface Spoilt {
  uid?: string;
  title: unknown;
  description: string;
  tags: string[];
  editable: boolean;
  schemaVersion: number;
  timezone: string;
  graphTooltip: number;
  refresh: string;
  time: { from: string; to: string };
  annotations: { list: { hide?: boolean }[] };
  links: { title: string; url: string }[];
  templating: { list: SpoiltVariable[] };
  panels: SpoiltPanel[];
}

export interface SpoiltVariable {
  name: string;
  label?: string;
  query: string;
  multi: boolean;
  includeAll: boolean;
  allValue: string;
  refresh: number;
  sort: number;
}

export interface SpoiltPanel {
  id: number;
  type: string;
  title: string;
  description: string;
  collapsed?: boolean;
  pluginVersion?: string;
  datasource: unknown;
  gridPos?: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: SpoiltDefaults; overrides: unknown[] };
  options: { legend: object; reduceOptions: { calcs: string[] } };
  links: unknown[];
  targets: SpoiltTarget[];
  panels?: SpoiltPanel[];
}

export interface SpoiltDefaults {
  unit?: string;
  min?: number;
  max?: number;
  decimals?: number;
  noValue?: string;
  mappings?: unknown[];
  links: { title: string; url: string }[];
  custom: { thresholdsStyle: { mode: string } };
  thresholds: { steps: { color: string; value: number | null }[] };
}

export interface SpoiltTarget {
  datasource: { uid: string };
  expr: string;
  query: string;
  refId?: string;
  legendFormat: string;
  instant: boolean;
  range: boolean;
  exemplar: boolean;
}

/** A service with something for every rule to look at. */
export const shop = `
version: 1
service: { name: shop, owner: sales, runbooks: 'https://runbooks.example.com' }
budgets: { seriesPerMetric: 10000, seriesPerInstance: 100000 }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
  queue: { description: Queue., values: [intake, mail] }
  tenant: { description: Tenant., cap: 60 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [outcome, tenant] }
  call_duration_seconds: { type: histogram, help: Time of a call., labels: [outcome], exemplars: true }
  queue_depth: { type: gauge, help: Tasks waiting., labels: [queue] }
  use_ratio: { type: gauge, help: Share of workers that are busy., range: [0, 1] }
spans:
  call: { kind: server, description: A call., attributes: { outcome: { label: outcome } } }
logs:
  events:
    call.failed: { level: error, message: A call failed, fields: { reason: string } }
slis:
  answered:
    events: { total: calls_total, good: 'calls_total{outcome="ok"}' }
slos:
  answered: { sli: answered, objective: 99.5, period: 30d }
alerts:
  QueueLong:
    expr: max by (queue) (queue_depth) > 100
    for: 10m
    severity: ticket
    summary: Tasks wait
    runbook: Look at the workers.
dashboards:
  shop:
    title: Shop
    description: Calls and queues.
    variables: [queue]
    annotations: { deployments: true, alerts: true }
    rows:
      - title: Objectives
        panels: [{ slo: answered }]
      - title: Calls
        panels:
          - { title: Calls, metric: calls_total, show: rate, by: [outcome] }
          - { title: Call time, metric: call_duration_seconds, show: [p50, p95] }
          - { title: Spread, type: heatmap, metric: call_duration_seconds }
          - { title: Failing, type: stat, query: 'sum(rate(calls_total{outcome="failed"}[$__rate_interval])) / sum(rate(calls_total[$__rate_interval]))' }
          - { title: By tenant, query: 'topk(10, sum by (tenant) (rate(calls_total[$__rate_interval])))' }
          - { title: Outcomes, type: table, metric: calls_total, show: rate, by: [outcome] }
      - title: Queues
        panels:
          - { title: Tasks, thresholdsFrom: QueueLong }
          - { title: Busy, type: gauge, metric: use_ratio }
      - title: Logs and traces
        panels:
          - { title: Failures, type: logs, query: '{service_name="shop"} | json | level="error"' }
          - { title: Slow calls, type: traces, query: '{ name = "call" && duration > 10s }' }
`;

export const shopModel: Model = modelOf(shop);

/** What must be there for a test to make sense. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

/** A board that a model makes, as a fresh copy that may be spoilt. */
export function boardNamed(model: Model, name: string): OwnBoard & { readonly json: Spoilt } {
  const found = present(ownBoards(model).find((each) => each.name === name));
  return { ...found, json: structuredClone(found.json) as Spoilt };
}

/** A panel of a board by its title, folded ones too; never a row. */
export function panelTitled(json: Spoilt, title: string): SpoiltPanel {
  const panels = json.panels.flatMap((each) => [each, ...(each.panels ?? [])]);
  return present(panels.find((each) => each.type !== 'row' && each.title === title));
}
