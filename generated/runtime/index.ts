// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What generated helpers import, and the types that a program may want to name. */
export { closedLabel, openLabel, registeredLabel } from './label.js';
export type { ClosedLabel, Label, OpenLabel, RegisteredLabel } from './label.js';
export { counter, labelledCounter } from './counter.js';
export type { Counter, LabelledCounter } from './counter.js';
export { gauge, labelledGauge } from './gauge.js';
export type { Gauge, GaugeRows, LabelledGauge } from './gauge.js';
export { histogram, labelledHistogram } from './histogram.js';
export type { Histogram, LabelledHistogram } from './histogram.js';
export { createTracing } from './tracing.js';
export type { SpanFactory } from './tracing.js';
export type { ActiveSpan, NoAttributes, OpenSpan, SpanDefinition, SpanHelper } from './span.js';
export type { AttributeDefinition } from './span-attribute.js';
export { createLogger } from './log.js';
export type { LogEvent, Logger, PlainLogEvent } from './log.js';
export type { LogLevel } from './log-level.js';
export type { Redaction } from './redact.js';
export { createTelemetry } from './telemetry.js';
export type { Telemetry, TelemetryOptions, TelemetryStats } from './telemetry.js';
export type { ShutdownReport, StartReport } from './telemetry.js';
export type { MetricRegistry } from './registry.js';
