import type { Stack } from '../../../model/stack.js';
import { certificateFiles, certificateMount } from '../../../stack/certificates.js';
import { apiPorts, collectorPorts, otlpPorts } from '../../../stack/ports.js';

/** Where a Collector runs: in a container of the compose file, in a pod, or as a program on this machine. */
export type Place = 'compose' | 'kubernetes' | 'native';

/** Where a Collector keeps its queues and what it has read of which file: a volume of its container. */
export const collectorDirectory = '/var/lib/otelcol';

/** The ports of one Collector; several on one machine need their own. */
export interface CollectorPorts {
  readonly grpc: number;
  readonly http: number;
  readonly health: number;
  readonly own: number;
  readonly spanMetrics: number;
}

/** What a place knows and the spec does not. */
export interface CollectorOptions {
  /**
   * Where the stores take OTLP over HTTP, without the path of the signal; `stack.traces.endpoint` and `stack.logs.endpoint` go before
   * them. A program on this machine has no store unless one is named: its spans are counted, and go no further.
   */
  readonly traces?: string | undefined;
  readonly logs?: string | undefined;
  /** The folder for queues and read positions. A program on this machine keeps both in memory where none is named. */
  readonly directory?: string | undefined;
  /** The folder with ca.crt, tls.crt and tls.key. */
  readonly certificates?: string | undefined;
  readonly ports?: Partial<CollectorPorts> | undefined;
  /**
   * The Collectors behind the balancer: on this machine, an address for each; in Kubernetes, `service.namespace`; in a compose file,
   * the name that stands for all of them.
   */
  readonly collectors?: readonly string[] | undefined;
  /** Globs of log files, in place of what `stack.collector.logFiles` or the place says. */
  readonly logFiles?: readonly string[] | undefined;
  /** Globs of log files that are passed over: those of the Collectors, which would read of what they read. */
  readonly exceptLogFiles?: readonly string[] | undefined;
}

/** A stack at its place. */
export interface Site {
  readonly stack: Stack;
  readonly place: Place;
  readonly options: CollectorOptions;
  readonly ports: CollectorPorts;
  /** Undefined: what waits is kept in memory. */
  readonly directory: string | undefined;
  /** What the Collector listens on: all interfaces of a container, whose publishing is another's to decide, or loopback. */
  readonly host: string;
}

/** Brings together what is known of a place. */
export function siteOf(stack: Stack, place: Place, options: CollectorOptions = {}): Site {
  const { health, own, spanMetrics } = collectorPorts;
  const isNative = place === 'native';
  return {
    stack,
    place,
    options,
    ports: { ...otlpPorts, health, own, spanMetrics, ...options.ports },
    directory: options.directory ?? (isNative ? undefined : collectorDirectory),
    host: isNative ? '127.0.0.1' : '0.0.0.0',
  };
}

function certificateFile({ options }: Site, file: keyof typeof certificateFiles): string {
  return `${options.certificates ?? certificateMount}/${certificateFiles[file]}`;
}

/** What a server shows, and asks for; undefined where the parts speak without TLS. */
export function serverTls(site: Site): object | undefined {
  if (!site.stack.access.tls) return undefined;
  return {
    cert_file: certificateFile(site, 'certificate'),
    key_file: certificateFile(site, 'key'),
    client_ca_file: certificateFile(site, 'authority'),
  };
}

/** What a client shows to another part, and whom it trusts. */
export function clientTls(site: Site): object | undefined {
  if (!site.stack.access.tls) return undefined;
  return {
    ca_file: certificateFile(site, 'authority'),
    cert_file: certificateFile(site, 'certificate'),
    key_file: certificateFile(site, 'key'),
  };
}

/** A store that the Collector sends to. */
export interface Store {
  readonly endpoint: string;
  /** Whether it is a part of this stack, which speaks TLS as the parts do; any other says itself what it speaks. */
  readonly isPart: boolean;
}

function store(
  site: Site,
  written: string | undefined,
  given: string | undefined,
  usual: string,
): Store | undefined {
  if (written !== undefined) return { endpoint: written, isPart: false };
  if (given !== undefined) return { endpoint: given, isPart: given.startsWith('https:') };
  if (site.place === 'native') return undefined;
  return { endpoint: `${site.stack.access.tls ? 'https' : 'http'}://${usual}`, isPart: true };
}

/** The trace store; undefined where there is none. */
export function traceStore(site: Site): Store | undefined {
  const { store: name, endpoint } = site.stack.traces;
  return store(site, endpoint, site.options.traces, `${name}:${otlpPorts.http}`);
}

/** The log store; undefined where there is none. Loki takes OTLP below a path of its own. https://grafana.com/docs/loki/latest/send-data/otel/ */
export function logStore(site: Site): Store | undefined {
  const { store: name, endpoint } = site.stack.logs;
  return store(site, endpoint, site.options.logs, `${name}:${apiPorts[name]}/otlp`);
}
