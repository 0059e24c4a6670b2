// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { dropAccount, overflowAccount } from './account.js';
import { monotonicSeconds, withDeadline } from './host.js';
import { labelTables } from './metrics/label.js';
import { reloadLogLevel } from './logs/log-level.js';
import { setLogWriter } from './logs/log-output.js';
import type { LogWriter } from './logs/log-output.js';
import { joinOwnMetrics } from './metrics/own-metrics.js';
import { clashingNames, currentRegistry, moveToRegistry } from './exposition/registry.js';
import type { MetricRegistry } from './exposition/registry.js';
import type { Sampling } from './traces/sampler.js';
import { environmentName, startTracing } from './traces/sdk.js';
import type { RunningTracing, TracingState } from './traces/sdk.js';

/** What a program may choose at its start. */
export interface TelemetryOptions {
  /** The registry that shows the metrics; default: prom-client's global one. */
  readonly registry?: MetricRegistry | undefined;
  /** Name of the environment; default: `deployment.environment.name` of OTEL_RESOURCE_ATTRIBUTES, then NODE_ENV. */
  readonly environment?: string | undefined;
  /** false: the OpenTelemetry SDK is left alone. */
  readonly spans?: boolean | undefined;
  /** Further configuration of the SDK's NodeSDK, such as `spanProcessors`; it wins over what the spec says. */
  readonly sdk?: Readonly<Record<string, unknown>> | undefined;
  /** Takes finished log lines instead of standard output. */
  readonly writeLog?: LogWriter | undefined;
}

/** What the start has done. */
export interface StartReport {
  /** `present`: the program had set tracing up itself; `not_installed`: @opentelemetry/sdk-node is not there. */
  readonly tracing: TracingState;
  readonly environment: string | undefined;
}

/** What the end has done. */
export interface ShutdownReport {
  /** Whether everything was sent in time. */
  readonly complete: boolean;
  readonly seconds: number;
  /** What went wrong. */
  readonly error?: string;
}

/** What the runtime knows of itself. */
export interface TelemetryStats {
  readonly labels: readonly {
    readonly label: string;
    readonly kind: 'closed' | 'registered' | 'open';
    readonly cap: number;
    /** Values admitted so far. */
    readonly values: number;
    /** Whether all values are known: false for a registered label before `register()`. */
    readonly settled: boolean;
    /** Registered names beyond the cap. */
    readonly refused: number;
  }[];
  readonly overflow: readonly { readonly metric: string; readonly label: string; readonly count: number }[];
  readonly dropped: readonly { readonly metric: string; readonly reason: string; readonly count: number }[];
  /** Metrics that the registry does not show, because it holds another of that name. */
  readonly clashes: readonly string[];
}

/** The telemetry of a service as a whole. Nothing here throws or rejects. */
export interface Telemetry {
  /** Starts tracing where the SDK is installed, and moves the metrics to another registry where one is given. */
  start(options?: TelemetryOptions): Promise<StartReport>;
  /** Sends what is still there, within a deadline (3 s by default). A second call gets the first one's promise. */
  shutdown(options?: { readonly deadlineSeconds?: number | undefined }): Promise<ShutdownReport>;
  stats(): TelemetryStats;
}

/** What the spec says of the service. */
export interface TelemetryDefinition {
  readonly service: { readonly name: string; readonly namespace?: string };
  /** Whether the spec has spans. */
  readonly spans: boolean;
  readonly sampling: Sampling;
}

const defaultDeadlineSeconds = 3;

/** Makes the telemetry of a service. */
export function createTelemetry(definition: TelemetryDefinition): Telemetry {
  let tracing: Promise<RunningTracing> | undefined;
  let ending: Promise<ShutdownReport> | undefined;
  joinOwnMetrics();

  async function start(options: TelemetryOptions = {}): Promise<StartReport> {
    reloadLogLevel();
    if (options.writeLog !== undefined) setLogWriter(options.writeLog);
    moveToRegistry(options.registry ?? currentRegistry());
    const environment = environmentName(options.environment);
    if (!definition.spans || options.spans === false) return { tracing: 'off', environment };
    tracing ??= startTracing({
      service: definition.service,
      environment,
      sampling: definition.sampling,
      configuration: options.sdk ?? {},
    });
    return { tracing: (await tracing).state, environment };
  }

  async function close(): Promise<void> {
    if (tracing !== undefined) await (await tracing).close();
  }

  function shutdown(
    options: { readonly deadlineSeconds?: number | undefined } = {},
  ): Promise<ShutdownReport> {
    const started = monotonicSeconds();
    const report = (complete: boolean, error?: string): ShutdownReport => {
      const seconds = monotonicSeconds() - started;
      return error === undefined ? { complete, seconds } : { complete, seconds, error };
    };
    ending ??= withDeadline(
      close().then(() => report(true)),
      options.deadlineSeconds ?? defaultDeadlineSeconds,
      () => report(false, 'the deadline passed'),
      (error) => report(false, error instanceof Error ? error.message : String(error)),
    );
    return ending;
  }

  return { start, shutdown, stats: telemetryStats };
}

function telemetryStats(): TelemetryStats {
  return {
    labels: Array.from(labelTables, (table) => ({
      label: table.key,
      kind: table.kind,
      cap: table.cap,
      values: table.size,
      settled: table.isSettled,
      refused: table.refusals,
    })),
    overflow: overflowAccount
      .tallies()
      .map(({ metric, detail, count }) => ({ metric, label: detail, count })),
    dropped: dropAccount.tallies().map(({ metric, detail, count }) => ({ metric, reason: detail, count })),
    clashes: clashingNames(),
  };
}
