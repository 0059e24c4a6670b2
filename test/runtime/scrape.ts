import { Registry, register } from 'prom-client';
import { parseExposition, type Sample } from './exposition.js';

/** A page of a registry, read; prom-client's global one by default. */
export async function scrape(registry: Registry = register): Promise<Sample[]> {
  return parseExposition(await registry.metrics());
}

/** The same in OpenMetrics. */
export async function scrapeOpenMetrics(registry: Registry = register): Promise<Sample[]> {
  const openMetrics = registry as unknown as Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>;
  openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  try {
    return parseExposition(await openMetrics.metrics());
  } finally {
    registry.setContentType(Registry.PROMETHEUS_CONTENT_TYPE);
  }
}

/** The value of one series; undefined where the page lacks it. */
export async function valueOf(
  name: string,
  labels: Readonly<Record<string, string>> = {},
  registry: Registry = register,
): Promise<number | undefined> {
  const wanted = Object.entries(labels);
  const found = (await scrape(registry)).filter(
    (sample) =>
      sample.name === name &&
      sample.labels.size === wanted.length &&
      wanted.every(([key, value]) => sample.labels.get(key) === value),
  );
  return found[0]?.value;
}

/** All samples of one name. */
export async function samplesOf(name: string, registry: Registry = register): Promise<Sample[]> {
  return (await scrape(registry)).filter((sample) => sample.name === name);
}
