// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AggregationOptions } from './aggregate/start.js';
import type { Component } from './component.js';
import type { MetricProducer } from './export/metric-data.js';
import type { ProducerOptions } from './export/producer.js';
import type { Pushing, PushingOptions } from './export/push-interval.js';
import type { PushOptions, PushReport } from './export/push.js';
import type { MetricsHandler, MetricsHandlerOptions, Scrape } from './exposition/handler.js';
import type { MetricRegistry } from './exposition/registry.js';
import type { LogWriter } from './logs/log-output.js';
import type { ProcessMetrics } from './node/process-metrics.js';
import type { RedactionCounter } from './redaction/redaction-counter.js';
import type { Redaction } from './redaction/redactor.js';
import type { RecentSpan } from './sdk/recent-spans.js';
import type { Sampling } from './sdk/sampler.js';
import type { TracingState } from './sdk/start.js';
import type { Settings } from './settings/settings.js';
import type { LossTally, TelemetryStats } from './stats.js';

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
  /** Settings of the program; the environment wins over them, and the settings file over both. */
  readonly settings?: Settings | undefined;
  /** Parts that are switched off (`false`), by name: `traces`, `logs`, `process`, and components such as `errors`; short for `settings.switches`. */
  readonly switches?: Readonly<Record<string, boolean>> | undefined;
  /** A JSON file of settings that is followed while the program runs; OBSGEN_SETTINGS_FILE wins. */
  readonly settingsFile?: string | undefined;
  /** How often that file is looked at, in seconds; 2 by default. */
  readonly settingsIntervalSeconds?: number | undefined;
  /** true: SIGTERM, SIGINT and the natural end of the process end the telemetry, and the signal is raised again afterwards. */
  readonly signals?: boolean | undefined;
  /** true: there is no time to import the SDK, as in `register`: it is searched for in the working directory as well. */
  readonly early?: boolean | undefined;
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
  /** What was told and did not arrive, counted from the beginning of the end. */
  readonly lost: readonly LossTally[];
  /** What went wrong. */
  readonly error?: string;
}

/** The telemetry of a service as a whole. Nothing here throws or rejects. */
export interface Telemetry {
  /**
   * Starts tracing where the SDK is installed, and moves the metrics to another registry where one is given. Where the main script finds the
   * SDK, the tracer provider is there when this returns, before its promise settles.
   */
  start(options?: TelemetryOptions): Promise<StartReport>;
  /** Sends what is still there, within a deadline (3 s by default). A second call gets the first one's promise. */
  shutdown(options?: { readonly deadlineSeconds?: number | undefined }): Promise<ShutdownReport>;
  stats(): TelemetryStats;
  /** The last spans that ended, the latest first; none where nobody asked for them to be kept (`keepRecentSpans`). */
  recentSpans(): readonly RecentSpan[];
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
  /** What must not leave the process with spans and log records of other instrumentations. */
  readonly redaction?: Redaction;
  /** Counts what was hidden: the metric of the preset `security`, and its label of rules, which learns their names. */
  readonly redactions?: {
    readonly counter: RedactionCounter;
    readonly rules: { register(names: readonly string[]): void };
  };
  /** The metrics of the process itself, fed from `start()` on. */
  readonly process?: ProcessMetrics;
  /** Further parts that are started and ended with the telemetry. */
  readonly components?: readonly Component[];
}
