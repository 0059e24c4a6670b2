import { clientTls, serverTls, type Site, type Store } from './place.js';

const mebibyte = 1024 ** 2;

/** The queue of a store that is down grows on disk up to so many times the Collector's memory, and in memory up to a part of it. */
const memoriesOnDisk = 2;
const shareOfMemory = 1 / 8;

/** What waits for longer is given up: the queue's size bounds it before, where much arrives. */
const longestRetry = '1h';

/**
 * The queue in front of a store. What arrives goes to disk first and is put together afterwards, so that nothing is lost with the
 * process: a batch processor in front of it would hold what no disk has seen.
 */
function sendingQueue({ stack, directory }: Site): object {
  const { memory } = stack.collector;
  const share = directory === undefined ? shareOfMemory : memoriesOnDisk;
  return {
    enabled: true,
    storage: directory === undefined ? undefined : 'file_storage',
    sizer: 'bytes',
    queue_size: Math.round(memory * share),
    num_consumers: 4,
    // Below the 4 MiB that a gRPC server of Loki or Tempo takes by itself.
    batch: { flush_timeout: '1s', min_size: mebibyte / 2, max_size: 2 * mebibyte },
  };
}

/** How often and how long what was refused is sent again. */
export const retry = {
  enabled: true,
  initial_interval: '1s',
  max_interval: '30s',
  max_elapsed_time: longestRetry,
} as const;

/** Sends to a store over OTLP/HTTP; the path of the signal is put after its address. */
export function storeExporter(site: Site, { endpoint, isPart }: Store): object {
  const { tenant } = site.stack.access;
  return {
    endpoint,
    tls: isPart ? clientTls(site) : undefined,
    headers: tenant === undefined ? undefined : { 'X-Scope-OrgID': tenant },
    compression: 'gzip',
    timeout: '10s',
    retry_on_failure: retry,
    sending_queue: sendingQueue(site),
  };
}

/** The page that Prometheus scrapes: what the Collector has counted, and metrics that came over OTLP. */
export function metricsPage(site: Site): object {
  return {
    endpoint: `${site.host}:${site.ports.spanMetrics}`,
    tls: serverTls(site),
    // Exemplars are only in OpenMetrics.
    enable_open_metrics: true,
    metric_expiration: '10m',
  };
}
