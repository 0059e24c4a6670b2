import type { PartName } from './parts.js';

/** An image as it is pulled. */
export interface Image {
  /** Without a tag. */
  readonly repository: string;
  readonly tag: string;
}

/** When the tags were looked up: what came out since is not in the table. */
export const imagesDate = '2026-08-22';

const collector: Image = { repository: 'otel/opentelemetry-collector-contrib', tag: '0.159.0' };

/**
 * The images of the parts, each at a release that the configuration was written for. `gpu` is built by whoever runs it, from the
 * recipe that `obs-gen gpu --write-recipes` writes.
 */
export const images: Readonly<Record<PartName, Image>> = {
  prometheus: { repository: 'prom/prometheus', tag: 'v3.13.2' },
  alertmanager: { repository: 'prom/alertmanager', tag: 'v0.34.0' },
  grafana: { repository: 'grafana/grafana', tag: '13.2.0' },
  collector,
  balancer: collector,
  loki: { repository: 'grafana/loki', tag: '3.7.6' },
  tempo: { repository: 'grafana/tempo', tag: '3.0.3' },
  jaeger: { repository: 'jaegertracing/jaeger', tag: '2.20.0' },
  pushgateway: { repository: 'prom/pushgateway', tag: 'v1.11.3' },
  gpu: { repository: 'obs-gen-gpu', tag: '0.1.0' },
};
