// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { dropAccount, overflowAccount } from './account.js';
import { aggregationStats, flushAggregation, startAggregation } from './aggregate/start.js';
import type { AggregationOptions, AggregationStats } from './aggregate/start.js';
import type { MetricProducer } from './export/metric-data.js';
import { createMetricProducer } from './export/producer.js';
import type { ProducerOptions } from './export/producer.js';
import type { PushOptions, PushReport } from './export/push.js';
import type { Pushing, PushingOptions } from './export/push-interval.js';
import { pushMetrics, startPushing, stopAllPushing } from './export/pushgateway.js';
import { metricsHandler, scrape } from './exposition/handler.js';
import type { MetricsHandler, MetricsHandlerOptions, Scrape } from './exposition/handler.js';
import { clashingNames, currentRegistry, moveToRegistry } from './exposition/registry.js';
import type { MetricRegistry } from './exposition/registry.js';
import { monotonicSeconds } from './host.js';
import { reloadLogLevel } from './logs/log-level.js';
import { setLogWriter } from './logs/log-output.js';
import type { LogWriter } from './logs/log-output.js';
import { labelTables } from './metrics/label.js';
import { operatorNotes, sayOperatorNotes } from './metrics/operator.js';
import { joinOwnMetrics } from './metrics/own-metrics.js';
import type { ProcessMetrics } from './node/process-metrics.js';
import { watchProcess } from './node/watch-process.js';
import { withDeadline } from './timers.js';
import type { Sampling } from './traces/sampler.js';
import { environmentName, startTracing } from './traces/sdk.js';
import type { RunningTracing, TracingState } from './traces/sdk.js';

/** What a program may choose at its start. */
export interface TelemetryOptions {
  /** The registry that shows the metrics; default: prom-client's global one. */
  readonly registry?: MetricRegistry | undefined;
  /** Name of the environment; default: `deployment.environment.name` of OTEL_RESOURCE_ATTRIBUTES, then NODE_ENV. */
  readonly environment?: string | undefined;
  /**
   * Workers of node:cluster and worker threads make their metrics known to the primary and the main thread, whose page shows all;
   * false: each shows its own only.
   */
  readonly aggregate?: AggregationOptions | false | undefined;
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
  /** What of the operator's limits of labels is not in force, and what to do. */
  readonly notes: readonly string[];
  /** The other processes and threads of the service. */
  readonly members: AggregationStats;
}

/** The telemetry of a service as a whole. Nothing here throws or rejects. */
export interface Telemetry {
  /** Starts tracing where the SDK is installed, and moves the metrics to another registry where one is given. */
  start(options?: TelemetryOptions): Promise<StartReport>;
  /** Sends what is still there, within a deadline (3 s by default). A second call gets the first one's promise. */
  shutdown(options?: { readonly deadlineSeconds?: number | undefined }): Promise<ShutdownReport>;
  stats(): TelemetryStats;
  /** A request handler for `/metrics`, for node:http and frameworks that hand out its requests. */
  metricsHandler(options?: MetricsHandlerOptions): MetricsHandler;
  /**
   * The same page for other frameworks.
   * @param accept the Accept header of the request, which chooses between OpenMetrics and the text format
   */
  scrape(accept?: string): Promise<Scrape>;
  /** A source of the metrics for OpenTelemetry's readers, where they are pushed by OTLP: `metricProducers: [telemetry.metricProducer()]`. */
  metricProducer(options?: ProducerOptions): MetricProducer;
  /** Pushes the page to a Prometheus Pushgateway once: for a job that ends before anyone could scrape it. */
  pushMetrics(options: PushOptions): Promise<PushReport>;
  /** Pushes the page every so many seconds until it is stopped, or until `shutdown()`. */
  startPushing(options: PushingOptions): Pushing;
}

/** What the spec says of the service. */
export interface TelemetryDefinition {
  readonly service: { readonly name: string; readonly namespace?: string };
  /** Whether the spec has spans. */
  readonly spans: boolean;
  readonly sampling: Sampling;
  /** The metrics of the process itself, fed from `start()` on. */
  readonly process?: ProcessMetrics;
}

const defaultDeadlineSeconds = 3;

/** Makes the telemetry of a service. */
export function createTelemetry(definition: TelemetryDefinition): Telemetry {
  let tracing: Promise<RunningTracing> | undefined;
  let ending: Promise<ShutdownReport> | undefined;
  let endProcessMetrics: (() => void) | undefined;
  joinOwnMetrics();

  async function start(options: TelemetryOptions = {}): Promise<StartReport> {
    reloadLogLevel();
    if (options.writeLog !== undefined) setLogWriter(options.writeLog);
    moveToRegistry(options.registry ?? currentRegistry());
    if (definition.process !== undefined) endProcessMetrics ??= watchProcess(definition.process);
    if (options.aggregate !== false) startAggregation(options.aggregate);
    const environment = environmentName(options.environment);
    const isWanted = options.spans !== false && (definition.spans || exportsMetrics(options.sdk));
    if (isWanted) {
      tracing ??= startTracing({
        service: definition.service,
        environment,
        sampling: definition.sampling,
        configuration: options.sdk ?? {},
      });
    }
    const state = isWanted && tracing !== undefined ? (await tracing).state : 'off';
    // Only now: the SDK may have brought the logger that they are told.
    sayOperatorNotes();
    return { tracing: state, environment };
  }

  async function close(): Promise<void> {
    flushAggregation();
    const [pushed] = await Promise.all([
      stopAllPushing(),
      tracing?.then((running) => running.close()),
    ]).finally(() => endProcessMetrics?.());
    const failed = pushed.find(({ sent }) => !sent);
    if (failed !== undefined) throw new Error(`the last push failed: ${failed.error ?? 'it was refused'}`);
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

  return {
    start,
    shutdown,
    stats: telemetryStats,
    metricsHandler,
    scrape,
    metricProducer: (options) => createMetricProducer(definition.service.name, options),
    pushMetrics,
    startPushing,
  };
}

/** Whether the SDK is to export metrics: then it is started for a spec without spans too. */
function exportsMetrics(sdk: TelemetryOptions['sdk']): boolean {
  return sdk?.['metricReaders'] !== undefined || sdk?.['metricReader'] !== undefined;
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
    notes: operatorNotes(),
    members: aggregationStats(),
  };
}
