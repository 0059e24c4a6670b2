// The libraries to compare with, and what all of them and our metrics have in common.
import { buckets } from './spec.mjs';

export const promClient = 'prom-client';
export const prometheusClient = '@prometheus-io/client';
export const libraries = [promClient, prometheusClient];

/** A metric of a library, in a registry of its own or in none. */
export async function peerMetric(library, { type, name, labels }, registers = []) {
  const { default: client } = await import(library);
  const kinds = { counter: client.Counter, gauge: client.Gauge, histogram: client.Histogram };
  const options = { name, help: name, labelNames: labels, registers };
  return new kinds[type](type === 'histogram' ? { ...options, buckets } : options);
}

/** The sum of a counter, the number of values of a histogram: of any metric that prom-client's registry can show. */
export async function counted(metric) {
  const { values } = await metric.get();
  return values
    .filter(({ metricName }) => metricName === undefined || !/_(bucket|sum)$/.test(metricName))
    .reduce((sum, { value }) => sum + value, 0);
}

/** The same of one of our metrics, which prom-client's global registry shows. */
export async function countedByOurs(name) {
  const { default: client } = await import(promClient);
  return counted(client.register.getSingleMetric(name));
}
