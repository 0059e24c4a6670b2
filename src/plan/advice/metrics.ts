import type { PrometheusSize } from '../storage/prometheus.js';
import type { Advice } from './advice.js';
import { published, sizes } from './published.js';

const gigabyte = 1e9;
/**
 * Above it one Prometheus asks for a machine that is hard to have twice, and takes long to start. It is where 3 kB a series are 32 GB, with
 * half as much again for queries.
 */
export const mostMemory = 32 * gigabyte;
/** Above it one disk is hard to have. */
const mostDisk = 2e12;
const queryMemory = 1.5;

/** Whether one server can hold them. */
function isEnough({ memory, blocks, head }: PrometheusSize): boolean {
  return memory * queryMemory <= mostMemory && blocks + head <= mostDisk;
}

function ingesters(series: number): Advice {
  const inMemory = series * sizes.replication;
  // Two gigabytes and a half for each core: what a pod of 16 GB holds.
  const ofPod = 4 * sizes.ofIngester;
  const replicas = Math.max(sizes.replication, Math.ceil((inMemory * sizes.spare) / ofPod));
  const share = (inMemory * sizes.spare) / sizes.ofIngester / replicas;
  return {
    what: 'Mimir ingesters',
    replicas,
    cores: share,
    memory: share * sizes.ingesterMemory,
    disk: share * sizes.ingesterDisk,
    rule: published.ingester,
  };
}

function mimir({ series, samplesPerSecond }: PrometheusSize, retention: number): readonly Advice[] {
  const cores = samplesPerSecond / sizes.ofDistributor;
  const distributors = Math.max(2, Math.ceil(cores / 2));
  const gateways = Math.max(2, Math.ceil(series / 10e6));
  const year = 365 * 86_400;
  return [
    {
      what: 'Mimir distributors',
      replicas: distributors,
      cores: cores / distributors,
      memory: (cores * gigabyte * sizes.spare) / distributors,
      disk: undefined,
      rule: published.distributor,
    },
    ingesters(series),
    {
      what: 'Mimir store gateways',
      replicas: gateways,
      cores: 1,
      memory: gigabyte * sizes.spare,
      // The rule speaks of a year.
      disk: (series * sizes.storeGatewayDisk * sizes.spare * Math.min(1, retention / year)) / gateways,
      rule: published.storeGateway,
    },
    {
      what: 'Mimir compactors',
      replicas: Math.max(1, Math.ceil(series / sizes.ofCompactor)),
      cores: 1,
      memory: 4 * gigabyte,
      disk: 300 * gigabyte,
      rule: published.compactor,
    },
  ];
}

/** One Prometheus in each region where that is enough, else Mimir for all of them. @param retention seconds */
export function adviceOnMetrics(
  region: PrometheusSize,
  regions: number,
  retention: number,
): readonly Advice[] {
  if (isEnough(region)) {
    return [
      {
        what: 'Prometheus',
        replicas: regions,
        cores: undefined,
        memory: region.memory * queryMemory,
        disk: region.blocks + region.head,
        rule: published.prometheusMemory,
      },
    ];
  }
  const all: PrometheusSize = {
    ...region,
    series: region.series * regions,
    samplesPerSecond: region.samplesPerSecond * regions,
  };
  return mimir(all, retention);
}
