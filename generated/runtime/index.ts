// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What generated helpers import, and the types that a program may want to name. */
export { closedLabel, openLabel, registeredLabel } from './metrics/label.js';
export type { ClosedLabel, Label, OpenLabel, RegisteredLabel } from './metrics/label.js';
export { counter, labelledCounter } from './metrics/counter.js';
export type { Counter, LabelledCounter } from './metrics/counter.js';
export { gauge, labelledGauge } from './metrics/gauge.js';
export type { Gauge, GaugeRows, LabelledGauge } from './metrics/gauge.js';
export { histogram, labelledHistogram } from './metrics/histogram.js';
export type { Histogram, LabelledHistogram } from './metrics/histogram.js';
export { createTracing } from './traces/tracing.js';
export type { SpanFactory } from './traces/tracing.js';
export type { ActiveSpan, NoAttributes, OpenSpan, SpanDefinition, SpanHelper } from './traces/span.js';
export type { AttributeDefinition } from './traces/span-attribute.js';
export { createLogger } from './logs/log.js';
export type { LogEvent, Logger, PlainLogEvent } from './logs/log.js';
export type { LogLevel } from './logs/log-level.js';
export type { Redaction } from './redact.js';
export { createTelemetry } from './telemetry.js';
export type { Telemetry, TelemetryOptions, TelemetryStats } from './telemetry.js';
export type { ShutdownReport, StartReport } from './telemetry.js';
export type { MetricRegistry } from './exposition/registry.js';
