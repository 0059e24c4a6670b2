import type { PartName } from './parts.js';

/** The port on which a part answers what it is asked, as each program has it by itself. */
export const apiPorts: Readonly<Record<PartName, number>> = {
  prometheus: 9090,
  alertmanager: 9093,
  grafana: 3000,
  collector: 13133,
  balancer: 13133,
  loki: 3100,
  tempo: 3200,
  jaeger: 16686,
  pushgateway: 9091,
  gpu: 9835,
};

/** Where OTLP is taken, by Collectors and trace stores. https://opentelemetry.io/docs/specs/otlp/ */
export const otlpPorts = { grpc: 4317, http: 4318 } as const;

/** Where a Collector tells of itself, and of the spans that it has counted. */
export const collectorPorts = { health: 13133, own: 8888, spanMetrics: 8889 } as const;
