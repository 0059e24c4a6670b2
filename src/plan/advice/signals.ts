import type { Advice } from './advice.js';
import { published, sizes } from './published.js';

const day = 86_400;
const gigabyte = 1e9;
/** Cores of one Collector; more Collectors are better than larger ones. */
const coresOfCollector = 2;
const memoryOfCore = 2 * gigabyte;

/** What arrives at the stores of one region. */
export interface Arrivals {
  readonly spansPerSecond: number;
  readonly spanBytesPerSecond: number;
  /** After sampling. */
  readonly storedSpanBytesPerSecond: number;
  readonly linesPerSecond: number;
  readonly lineBytesPerSecond: number;
}

function collectors({ spansPerSecond, linesPerSecond }: Arrivals, regions: number): Advice {
  const cores = spansPerSecond / sizes.spansOfCore + linesPerSecond / sizes.recordsOfCore;
  const needed = Math.max(1, Math.ceil(cores / coresOfCollector));
  return {
    what: 'OpenTelemetry Collector',
    replicas: (needed === 1 && cores < 0.5 ? 1 : needed + 1) * regions,
    cores: Math.max(0.5, Math.min(coresOfCollector, cores / needed)),
    memory: Math.max(0.5, Math.min(coresOfCollector, cores / needed)) * memoryOfCore,
    disk: undefined,
    rule: published.collector,
  };
}

function loki({ lineBytesPerSecond }: Arrivals, regions: number, disk: number): Advice {
  const perDay = lineBytesPerSecond * day;
  const isOne = perDay <= sizes.lokiMonolithicPerDay;
  const tiers = Math.max(1, Math.ceil(perDay / sizes.lokiMicroservicesPerDay));
  return {
    what: isOne ? 'Loki, one process' : 'Loki, microservices (a cluster)',
    replicas: isOne ? regions : tiers * regions,
    cores: isOne ? undefined : 38,
    memory: isOne ? undefined : 59 * 1024 ** 3,
    disk,
    rule: isOne ? published.lokiMonolithic : published.lokiMicroservices,
  };
}

function tempo(
  { storedSpanBytesPerSecond: stored }: Arrivals,
  regions: number,
  disk: number,
): readonly Advice[] {
  const distributors = Math.ceil(stored / sizes.ofTempoDistributor);
  if (stored * 10 <= sizes.ofTempoQuerier)
    return [
      {
        what: 'Tempo, one process',
        ...{ replicas: regions, cores: undefined, memory: undefined, disk, rule: published.tempo },
      },
    ];
  return [
    {
      what: 'Tempo distributors',
      replicas: Math.max(2, distributors) * regions,
      ...{ cores: 2, memory: 2 * gigabyte, disk: undefined, rule: published.tempo },
    },
    {
      what: 'Tempo queriers',
      replicas: Math.max(2, Math.ceil(stored / sizes.ofTempoQuerier)) * regions,
      ...{ cores: undefined, memory: 4 * gigabyte, disk, rule: published.tempo },
    },
  ];
}

/** What the other signals need. @param disk bytes of each store in a region */
export function adviceOnSignals(
  arrivals: Arrivals,
  regions: number,
  store: 'tempo' | 'jaeger',
  disk: { readonly logs: number; readonly traces: number },
): readonly Advice[] {
  const ofTraces = store === 'tempo' ? tempo(arrivals, regions, disk.traces) : [];
  return [collectors(arrivals, regions), loki(arrivals, regions, disk.logs), ...ofTraces];
}
