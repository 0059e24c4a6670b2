import { register, Registry } from 'prom-client';

/** The scraped page, and the format that it is in. */
export interface Scrape {
  readonly contentType: string;
  readonly text: string;
}

// prom-client's types fix the format of the global registry, which can be set all the same.
const registry = register as unknown as Registry<
  typeof Registry.OPENMETRICS_CONTENT_TYPE | typeof Registry.PROMETHEUS_CONTENT_TYPE
>;

/** The page that is being written: the format is the registry's, so that pages are written one after the other. */
let current: Promise<unknown> = Promise.resolve();

/** All metrics, in OpenMetrics for those who read it, as Prometheus does: only there are exemplars. */
export function scrape(accept = ''): Promise<Scrape> {
  const contentType = accept.includes('application/openmetrics-text')
    ? Registry.OPENMETRICS_CONTENT_TYPE
    : Registry.PROMETHEUS_CONTENT_TYPE;
  const page = current.then(async () => {
    registry.setContentType(contentType);
    return { contentType, text: await registry.metrics() };
  });
  current = page.catch(() => undefined);
  return page;
}
