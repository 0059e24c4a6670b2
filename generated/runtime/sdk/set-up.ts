// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { TextMapPropagator } from '@opentelemetry/api';
import type { TracingParts } from '../component.js';
import { environmentVariable } from '../host.js';
import { createRedactor } from '../redaction/redactor.js';
import type { Redaction, Redactor } from '../redaction/redactor.js';
import type { Exporter, Outlet } from './export-queue.js';
import { logRecordProcessor } from './log-records.js';
import { logExporterNames, logOutlets, spanOutlet, spanOutlets } from './outlets.js';
import type { Packages } from './packages.js';
import { compositePropagator, standardPropagators } from './propagators.js';
import type { ReadableLogRecord, ReadableResource, ReadableSpan } from './readable.js';
import { keepsRecentSpans, redactRecentSpans } from './recent-spans.js';
import { detectedResource } from './resource.js';
import type { ServiceIdentity } from './resource.js';
import { sampledShare } from './sampler.js';
import type { Sampling } from './sampler.js';
import { chosenSampler } from './samplers.js';
import type { ChosenSampler } from './samplers.js';
import { spanProcessor } from './span-processor.js';

/** How tracing is to be set up. */
export interface TracingSetup extends ServiceIdentity {
  readonly sampling: Sampling;
  readonly redaction: Redaction | undefined;
  /** Whether spans are exported, and whether log records may be. */
  readonly exports: { readonly spans: boolean; readonly logs: boolean };
  /** What components bring. */
  readonly parts: readonly TracingParts[];
  /** Further configuration of NodeSDK, which wins. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Whether there is no time to import the SDK: the working directory is searched for it as well. */
  readonly isEarly: boolean;
}

/** What the SDK is started with, and what of it the runtime holds. */
export interface PreparedSdk {
  /** The configuration of NodeSDK. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly spans: readonly Outlet<ReadableSpan>[];
  readonly logs: readonly Outlet<ReadableLogRecord>[];
  readonly resource: ReadableResource | undefined;
  /** Undefined where the program brings its own. */
  readonly sampler: ChosenSampler | undefined;
}

/** Makes the configuration of the SDK from the spec, the environment and the components. May throw where the program's part does. */
export function preparedSdk(setup: TracingSetup, packages: Packages): PreparedSdk {
  const { configuration: given, parts } = setup;
  const redactor = createRedactor(setup.redaction, 'span');
  redactRecentSpans(redactor);
  const resource = givenResource(given) ?? detectedResource(setup, packages, redactor);
  const spans = setup.exports.spans ? outletsOfSpans(given, packages, redactor) : [];
  const logs = setup.exports.logs ? logOutlets(packages, redactor) : [];
  const share = sampledShare(setup.sampling, setup.environment);
  const sampler = 'sampler' in given ? undefined : chosenSampler(share, parts);
  const { contextManager } = parts.find((part) => part.contextManager !== undefined) ?? {};
  return {
    spans,
    logs,
    resource,
    sampler,
    configuration: {
      ...(resource === undefined
        ? { serviceName: setup.service.name }
        : { resource, autoDetectResources: false }),
      ...(sampler?.sampler === undefined ? {} : { sampler: sampler.sampler }),
      ...(contextManager === undefined ? {} : { contextManager }),
      ...notExported(given, logs),
      ...given,
      ...propagator(given, parts, packages),
      spanProcessors: setup.exports.spans
        ? [
            ...parts.flatMap((part) => part.spanProcessors ?? []),
            ...givenProcessors(given),
            ...(spans.length > 0 || keepsRecentSpans() ? [spanProcessor(spans)] : []),
          ]
        : [],
    },
  };
}

/** Metrics are scraped and logs are written: the SDK sends them only where the operator or the program asks for it. */
function notExported(
  given: TracingSetup['configuration'],
  logs: readonly Outlet<ReadableLogRecord>[],
): Record<string, unknown> {
  // An empty list would win over one that the program gives under the older name, which holds one of them.
  const noMetrics = environmentVariable('OTEL_METRICS_EXPORTER') === undefined && !('metricReader' in given);
  return {
    ...(noMetrics ? { metricReaders: [] } : {}),
    ...('logRecordProcessor' in given
      ? {}
      : { logRecordProcessors: logs.length > 0 ? [logRecordProcessor(logs)] : [] }),
  };
}

/** Outlets of the exporters that the operator names; a program that brings processors or an exporter has chosen itself. */
function outletsOfSpans(
  given: TracingSetup['configuration'],
  packages: Packages,
  redactor: Redactor,
): readonly Outlet<ReadableSpan>[] {
  const exporter = given['traceExporter'] as Exporter<ReadableSpan> | undefined;
  if (exporter !== undefined) return [spanOutlet(exporter, redactor, false)];
  return givenProcessors(given).length > 0 ? [] : spanOutlets(packages, redactor);
}

function givenProcessors(given: TracingSetup['configuration']): readonly unknown[] {
  const { spanProcessors, spanProcessor: single } = given;
  if (Array.isArray(spanProcessors)) return spanProcessors;
  return single === undefined ? [] : [single];
}

function givenResource(given: TracingSetup['configuration']): ReadableResource | undefined {
  return given['resource'] as ReadableResource | undefined;
}

/** The SDK reads OTEL_PROPAGATORS itself, unless components add to what it says. */
function propagator(
  given: TracingSetup['configuration'],
  parts: readonly TracingParts[],
  packages: Packages,
): Record<string, unknown> {
  const added = parts.flatMap((part) => (part.propagators ?? []) as readonly TextMapPropagator[]);
  if (added.length === 0) return {};
  const own = given['textMapPropagator'] as TextMapPropagator | null | undefined;
  const standard = own === undefined ? standardPropagators(packages) : own === null ? [] : [own];
  // A component that writes a field writes it alone: the one for baggage decides which hosts get it.
  const replaced = new Set(added.flatMap((each) => each.fields()));
  const kept = standard.filter((each) => each.fields().some((name) => !replaced.has(name)));
  return { textMapPropagator: compositePropagator([...kept, ...added]) };
}

/** Whether the operator has log records exported. */
export function exportsLogs(): boolean {
  return logExporterNames().length > 0;
}
