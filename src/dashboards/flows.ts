import type { Label, Metric, Model, Span } from '../model/model.js';
import { outcomeLabel } from './outcomes.js';

/** Work that comes and goes: how much of it there is, how it ends, how long it takes. */
export interface Flow {
  /** The span's name, or words for the metric. */
  readonly name: string;
  readonly span: Span | undefined;
  readonly count: Metric | undefined;
  readonly duration: Metric | undefined;
  readonly firstChunk: Metric | undefined;
}

/** What a metric counts or times, without its ending: `ims_request` of both `ims_requests_total` and `ims_request_duration_seconds`. */
function stem({ name, type }: Metric): string | undefined {
  if (type === 'counter') return name.replace(/s?_total$/, '');
  return type === 'histogram' && name.endsWith('_seconds')
    ? name.replace(/(?:_duration|_latency|_time)?_seconds$/, '').replace(/s$/, '')
    : undefined;
}

function counterpart(metrics: readonly Metric[], of: Metric): Metric | undefined {
  const type = of.type === 'counter' ? 'histogram' : 'counter';
  return metrics.find((metric) => metric.type === type && stem(metric) === stem(of));
}

/**
 * What the spans of a spec record, then pairs of a counter and a time that belong together by their names, then counters whose events end
 * well or badly.
 */
export function flowsOf(model: Model): readonly Flow[] {
  const metrics = [...model.metrics.values()].filter(({ deprecated }) => deprecated === undefined);
  const taken = new Set<Metric | undefined>();
  const flows: Flow[] = [];
  for (const span of model.spans.values()) {
    const { count, duration, firstChunk } = span.record;
    const known = count ?? duration;
    if (known === undefined || taken.has(count) || taken.has(duration)) continue;
    const other = counterpart(metrics, known);
    const flow: Flow = {
      name: span.name,
      span,
      count: count ?? (other?.type === 'counter' ? other : undefined),
      duration: duration ?? (other?.type === 'histogram' ? other : undefined),
      firstChunk,
    };
    flows.push(flow);
    for (const metric of [flow.count, flow.duration, firstChunk]) if (metric !== undefined) taken.add(metric);
  }
  for (const count of metrics) {
    if (count.type !== 'counter' || taken.has(count)) continue;
    const duration = counterpart(metrics, count);
    if (duration === undefined || taken.has(duration)) continue;
    flows.push({ name: stem(count) ?? count.name, span: undefined, count, duration, firstChunk: undefined });
    taken.add(count).add(duration);
  }
  for (const count of metrics) {
    if (count.type !== 'counter' || taken.has(count) || outcomeLabel(count) === undefined) continue;
    flows.push({
      name: stem(count) ?? count.name,
      span: undefined,
      count,
      duration: undefined,
      firstChunk: undefined,
    });
  }
  return flows;
}

/** The metric that counts a flow's events; a time counts them as well. */
export function counted({ count, duration }: Flow): Metric | undefined {
  return count ?? duration;
}

/** Which one people ask for before any other. */
const askedFirst = /^(?:model|gen_ai_request_model|tool|tool_name|route|endpoint|queue|policy)$/;

/** The label that people ask for first: which model, tool, route or agent. */
export function dimension(metric: Metric): Label | undefined {
  const outcome = outcomeLabel(metric);
  const own = metric.labels.filter((label) => label !== outcome);
  return (
    own.find(({ wire }) => askedFirst.test(wire)) ??
    own.find(({ bound }) => bound.kind === 'registered') ??
    own[0]
  );
}

const reasons =
  /(?:^|_)(?:reason|state|resource|direction|kind|decision|stage|phase|category|severity|aborted_by)$/;

/** The label that says why or in which way, rather than which one. */
export function manner({ labels }: Metric): Label | undefined {
  return labels.find(
    ({ wire, bound }) => bound.kind === 'closed' && bound.values.length <= 12 && reasons.test(wire),
  );
}
