import type { DiagnosticCode } from '../../../src/diagnostics/catalogue.js';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import { renderPretty } from '../../../src/diagnostics/render/pretty.js';
import {
  LiveCheck,
  type LiveCheckOptions,
  type LiveCheckResult,
} from '../../../src/inspect/live-check/live-check.js';
import { OtlpRequests } from '../../../src/inspect/live-check/otlp/requests.js';
import { Pages } from '../../../src/inspect/live-check/pages.js';
import { lookAtText } from '../../../src/inspect/live-check/sources/look-at-text.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf, testToday } from '../../support/model.js';

/** A service with a metric of each type, a label of each kind, spans and events. */
export const checkoutSpec = `
version: 1
service: { name: checkout, owner: payments }
labels:
  outcome: { description: How the run ended., values: [completed, failed] }
  tool: { description: Tool that was called., registered: true, cap: 4 }
  queue: { description: Queue., cap: 3 }
metrics:
  runs_total: { type: counter, help: 'Agent runs, by how they ended.', labels: [outcome] }
  run_duration_seconds: { type: histogram, help: Time a run took., buckets: [0.1, 1, 10] }
  tool_calls_total: { type: counter, help: Tool calls., labels: [tool] }
  queue_depth: { type: gauge, help: Tasks waiting., labels: [queue] }
  busy_ratio: { type: gauge, help: Busy workers., range: [0, 1] }
external:
  db_pool_size: { type: gauge, range: [0, 100] }
spans:
  agent.run:
    kind: server
    attributes:
      outcome_reason: { type: string }
      tokens: { type: int }
      share: { type: double }
      tags: { type: 'string[]' }
      key: { type: string, sensitivity: secret }
    outcome: { label: outcome, ok: completed, error: failed }
  agent.step: { kind: internal }
logs:
  events:
    run.accepted: { level: info, message: accepted, fields: { agent: string, length: int } }
    run.refused: { level: warn, message: refused }
`;

let made: Model | undefined;

/** The model of that service. */
export function checkout(): Model {
  return (made ??= modelOf(checkoutSpec));
}

export type Options = Partial<LiveCheckOptions> & { readonly model?: Model };

/** A check of that service. */
export function liveCheck({ model = checkout(), ...options }: Options = {}): LiveCheck {
  return new LiveCheck(model, { today: testToday, ...options });
}

/** What comes of pages that are looked at one after the other. */
export function checkPages(pages: readonly string[], options: Options = {}): LiveCheckResult {
  const check = liveCheck(options);
  const readers = { check, pages: new Pages(check) };
  for (const text of pages) lookAtText({ target: 'page', text, contentType: undefined }, readers);
  return check.finish();
}

/** What comes of requests of OTLP as JSON. */
export function checkRequests(requests: readonly unknown[], options: Options = {}): LiveCheckResult {
  const check = liveCheck(options);
  const reader = new OtlpRequests(check);
  for (const request of requests) reader.add(request, { path: 'otlp', line: 1 });
  return check.finish();
}

/** Findings that are more than notes. */
export function findings({ diagnostics }: LiveCheckResult): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity !== 'info');
}

export function codesOf(result: LiveCheckResult): readonly DiagnosticCode[] {
  return findings(result).map(({ code }) => code);
}

/** The only finding of a code. */
export function onlyFinding({ diagnostics }: LiveCheckResult, code: DiagnosticCode): Diagnostic {
  const found = diagnostics.filter((each) => each.code === code);
  if (found.length !== 1)
    throw new Error(`${found.length} findings of ${code}:\n${renderPretty(diagnostics, { color: false })}`);
  return found[0] as Diagnostic;
}

/** The text that a finding points at. */
export function pointedAt({ range }: Diagnostic): string {
  return range === undefined ? '' : range.source.text.slice(range.start, range.end);
}

/** A page on which all is as the spec has it. */
export const goodPage = `# HELP runs_total Agent runs, by how they ended.
# TYPE runs_total counter
runs_total{outcome="completed"} 5
runs_total{outcome="failed"} 1
# HELP run_duration_seconds Time a run took.
# TYPE run_duration_seconds histogram
run_duration_seconds_bucket{le="0.1"} 1
run_duration_seconds_bucket{le="1"} 4
run_duration_seconds_bucket{le="10"} 6
run_duration_seconds_bucket{le="+Inf"} 6
run_duration_seconds_sum 9.5
run_duration_seconds_count 6
# HELP tool_calls_total Tool calls.
# TYPE tool_calls_total counter
tool_calls_total{tool="search"} 3
# HELP queue_depth Tasks waiting.
# TYPE queue_depth gauge
queue_depth{queue="in"} 2
# HELP busy_ratio Busy workers.
# TYPE busy_ratio gauge
busy_ratio 0.5
`;

const value = (of: unknown): object =>
  typeof of === 'string'
    ? { stringValue: of }
    : typeof of === 'boolean'
      ? { boolValue: of }
      : Array.isArray(of)
        ? { arrayValue: { values: of.map(value) } }
        : Number.isInteger(of)
          ? { intValue: String(of) }
          : { doubleValue: of };

/** Attributes in the JSON encoding. */
export function attributes(of: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(of).map(([key, each]) => ({ key, value: value(each) }));
}

const resource = { attributes: attributes({ 'service.name': 'checkout' }) };

/** A request with metrics. */
export function metricsRequest(...metrics: readonly object[]): object {
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'checkout' }, metrics }] }] };
}

/** A request with a span of the service's own tracer. */
export function spanRequest(
  name: string,
  of: Readonly<Record<string, unknown>> = {},
  kind = 2,
  scope = 'checkout',
): object {
  const span = { name, kind, attributes: attributes(of) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: scope }, spans: [span] }] }] };
}

/** A request with a log record. */
export function recordRequest(
  eventName: string,
  of: Readonly<Record<string, unknown>> = {},
  severityNumber = 9,
): object {
  const record = { eventName, severityNumber, attributes: attributes(of), body: value('text') };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'checkout' }, logRecords: [record] }] }] };
}
