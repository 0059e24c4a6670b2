/** A rule that somebody published, and where. */
export interface Rule {
  readonly text: string;
  readonly url: string;
}

const mimir = 'https://grafana.com/docs/mimir/latest/manage/run-production-environment/planning-capacity/';
const loki = 'https://grafana.com/docs/loki/latest/get-started/deployment-modes/';
const tempo = 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/plan/size/';

/** Published rules for sizes; the figures are in `sizes`. */
export const published = {
  prometheusMemory: {
    text: '3 kB of memory for each series in the head',
    url: 'https://www.robustperception.io/why-does-prometheus-use-so-much-ram/',
  },
  prometheusDisk: {
    text: 'retention × samples a second × bytes a sample, usually 1 to 2',
    url: 'https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects',
  },
  distributor: { text: 'a core and 1 GB for 25,000 samples a second', url: mimir },
  ingester: {
    text: 'a core, 2.5 GB of memory and 5 GB of disk for 300,000 series in memory, each of them three times; half as much again for peaks',
    url: mimir,
  },
  storeGateway: {
    text: '13 GB of disk for a million series; a core and 1 GB for 10 queries a second',
    url: mimir,
  },
  compactor: { text: 'one for 20 million series', url: mimir },
  collector: {
    text: '15,000 spans, 20,000 data points or 10,000 log records a second for each core, and 2 GB of memory; one more than that',
    url: 'https://help.splunk.com/en/splunk-observability-cloud/manage-data/splunk-distribution-of-the-opentelemetry-collector/get-started-with-the-splunk-distribution-of-the-opentelemetry-collector/collector-requirements/sizing-and-scaling',
  },
  lokiMonolithic: { text: 'one process up to 20 GB a day', url: loki },
  lokiMicroservices: {
    text: 'less than 3 TB a day: 6 ingesters, 4 distributors, 4 index gateways, 10 queriers, 2 query frontends, 2 query schedulers, a compactor; 38 cores and 59 GiB in all',
    url: 'https://grafana.com/docs/loki/latest/setup/size/',
  },
  tempo: {
    text: 'a distributor (2 cores, 2 GB) for every 10 MB a second, a querier for every 1 to 2 MB a second',
    url: tempo,
  },
  tempoCompression: {
    text: 'zstd leaves about 15% of the bytes that arrive',
    url: 'https://grafana.com/docs/tempo/latest/configuration/compression/',
  },
  wal: {
    text: '13 bytes for a sample in the write-ahead log, before compression',
    url: 'https://www.robustperception.io/how-much-space-does-the-wal-take-up/',
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** The figures of those rules. Bytes, series, or a second. */
export const sizes = {
  ofDistributor: 25_000,
  ofIngester: 300_000,
  ingesterMemory: 2.5e9,
  ingesterDisk: 5e9,
  replication: 3,
  spare: 1.5,
  storeGatewayDisk: 13e9 / 1e6,
  ofCompactor: 20e6,
  spansOfCore: 15_000,
  recordsOfCore: 10_000,
  lokiMonolithicPerDay: 20e9,
  lokiMicroservicesPerDay: 3e12,
  ofTempoDistributor: 10e6,
  ofTempoQuerier: 2e6,
} as const;
