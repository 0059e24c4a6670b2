import type { Duration } from './duration.js';
import type { Origin } from './origin.js';

/** What the signals of a service are stored in, and how they get there: `stack`, with the defaults that the schema states. */
export interface Stack {
  /** Whether a stack for one machine is written. */
  readonly compose: boolean;
  readonly service: ScrapedService;
  readonly collector: {
    readonly instances: number;
    /** Bytes that each of them may use. */
    readonly memory: number;
    /** Globs of log files; undefined: those of the containers. */
    readonly logFiles: readonly string[] | undefined;
  };
  /** Undefined: every trace that arrives is kept. */
  readonly tail: TailSampling | undefined;
  /** `endpoint`: where the Collector sends them where it is not the store of this stack. */
  readonly traces: {
    readonly store: 'tempo' | 'jaeger';
    readonly retention: Duration;
    readonly endpoint: string | undefined;
  };
  readonly logs: {
    readonly store: 'loki';
    readonly retention: Duration;
    readonly endpoint: string | undefined;
  };
  readonly metrics: { readonly retention: Duration; readonly remoteWrite: RemoteWrite | undefined };
  readonly pushgateway: boolean;
  readonly gpuExporter: boolean;
  readonly access: { readonly tls: boolean; readonly tenant: string | undefined };
  /** Undefined: no manifests are written. */
  readonly kubernetes: KubernetesStack | undefined;
  readonly origin: Origin;
}

/** How the stack reaches the service. */
export interface ScrapedService {
  readonly port: number;
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** Addresses with a port; undefined: the port on the machine that the stack runs on. */
  readonly targets: readonly string[] | undefined;
  /** The file with the bearer token, as Prometheus finds it. */
  readonly tokenFile: string | undefined;
  /** Instances that are expected. */
  readonly instances: number;
}

/** What the Collector keeps of the traces that arrive, decided when their time is over. */
export interface TailSampling {
  readonly keepErrors: boolean;
  readonly slowerThan: Duration | undefined;
  readonly keepRuns: readonly string[];
  /** Share of all other traces, from 0 to 1. */
  readonly rest: number;
  readonly wait: Duration;
  /** New traces a second, over all Collectors. */
  readonly tracesPerSecond: number;
}

export interface KubernetesStack {
  readonly namespace: string | undefined;
  readonly serviceNamespace: string | undefined;
  /** Labels that the Prometheus Operator selects rules and monitors by. */
  readonly prometheusSelector: ReadonlyMap<string, string>;
  readonly monitor: 'service' | 'pod';
  readonly selector: ReadonlyMap<string, string>;
  readonly portName: string;
  readonly collector: 'deployment' | 'operator' | 'none';
  readonly dashboards: 'sidecar' | 'operator';
}

/** Where Prometheus also sends its samples. */
export interface RemoteWrite {
  readonly url: string;
  readonly tokenFile: string | undefined;
}
