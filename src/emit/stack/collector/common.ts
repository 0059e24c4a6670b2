import { serverTls, type Site } from './place.js';

const mebibyte = 1024 ** 2;

/** Work is refused above the limit less the spike, in percent of the memory; the garbage collector is made to run above the limit. */
const limitPercentage = 80;
const spikePercentage = 25;

/** OTLP from services and from other Collectors. */
export function otlpReceiver(site: Site): object {
  const { host, ports } = site;
  const tls = serverTls(site);
  return {
    protocols: {
      grpc: { endpoint: `${host}:${ports.grpc}`, tls },
      http: { endpoint: `${host}:${ports.http}`, tls },
    },
  };
}

/** The first processor of each pipeline. A container has a limit of its own to take the percentage of, a program on this machine has none. */
export function memoryLimiter({ stack, place }: Site): object {
  const mebibytes = stack.collector.memory / mebibyte;
  return place === 'native'
    ? {
        check_interval: '1s',
        limit_mib: Math.floor((mebibytes * limitPercentage) / 100),
        spike_limit_mib: Math.floor((mebibytes * spikePercentage) / 100),
      }
    : { check_interval: '1s', limit_percentage: limitPercentage, spike_limit_percentage: spikePercentage };
}

/** What is no part of a pipeline: whether the Collector is well, and where it keeps what must outlive it. */
export function extensions({ host, ports, directory }: Site): Readonly<Record<string, object>> {
  return {
    // Without TLS: whoever asks a container how it is has no certificate, and hears nothing but yes or no.
    health_check: { endpoint: `${host}:${ports.health}` },
    ...(directory === undefined
      ? {}
      : {
          file_storage: {
            directory,
            create_directory: true,
            compaction: { on_start: true, on_rebound: true, directory, cleanup_on_start: true },
          },
        }),
  };
}

/** What the Collector tells of itself. */
export function ownTelemetry({ host, ports }: Site): object {
  return {
    logs: { level: 'info', encoding: 'json' },
    metrics: {
      level: 'normal',
      readers: [{ pull: { exporter: { prometheus: { host, port: ports.own } } } }],
    },
  };
}
