// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What generated helpers import, and the types that a program may want to name. */
export { closedLabel, openLabel, registeredLabel } from './metrics/label.js';
export type { ClosedLabel, Label, OpenLabel, RegisteredLabel } from './metrics/label.js';
export { counter, CounterMetric, labelledCounter } from './metrics/counter.js';
export type { Counter, LabelledCounter } from './metrics/counter.js';
export { gauge, GaugeMetric, labelledGauge } from './metrics/gauge.js';
export type { Gauge, GaugeRows, LabelledGauge } from './metrics/gauge.js';
export { histogram, HistogramMetric, labelledHistogram } from './metrics/histogram.js';
export type { Histogram, LabelledHistogram } from './metrics/histogram.js';
export { createTracing } from './traces/tracing.js';
export type { SpanFactory } from './traces/tracing.js';
export { BareSpan, RunningSpan } from './traces/running-span.js';
export { capturesContent } from './traces/span-attribute.js';
export type { ActiveSpan, NoAttributes, OpenSpan, SpanDefinition, SpanHelper } from './traces/span.js';
export type { SpanOptions, StreamOptions } from './traces/span.js';
export { createLogger } from './logs/log.js';
export type { LogEvent, Logger, PlainLogEvent } from './logs/log.js';
export type { Log, LogCall, LogFields } from './logs/text-log.js';
export { flushLogs } from './logs/log-output.js';
export { countRedactions } from './redaction/redaction-counter.js';
export type { RedactionCounter, RedactionSink } from './redaction/redaction-counter.js';
export { redactionRules } from './redaction/redactor.js';
export type { LogLevel } from './logs/log-level.js';
export type { Redaction } from './redaction/redactor.js';
export { exportedSpans, forgetExportedSpans } from './sdk/memory-exporter.js';
export { createTelemetry } from './telemetry.js';
export type { Telemetry, TelemetryOptions, TelemetryStats } from './telemetry.js';
export type { ShutdownReport, StartReport } from './telemetry.js';
export type { Component, StartContext } from './component.js';
export type { Settings } from './settings/settings.js';
export type { AggregationOptions, AggregationStats } from './aggregate/start.js';
export type { Aggregate, Family } from './metrics/family.js';
export type { MetricProducer } from './export/metric-data.js';
export type { ProducerOptions } from './export/producer.js';
export type { PushOptions, PushReport } from './export/push.js';
export type { Pushing, PushingOptions } from './export/push-interval.js';
export type { MetricsHandler, MetricsHandlerOptions, Scrape } from './exposition/handler.js';
export type { ProcessMetrics } from './node/process-metrics.js';
export type { MetricRegistry } from './exposition/registry.js';
