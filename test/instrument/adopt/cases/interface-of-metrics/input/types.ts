import type { Counter, Registry } from 'prom-client';

export interface Metrics {
  readonly requests: Counter<'method' | 'status'>;
  readonly registry: Registry;
}
