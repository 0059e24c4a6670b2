import { camelCase } from '../../encode/names.js';
import { ts } from '../../encode/typescript.js';
import type { Label, Model, Span } from '../../model/model.js';
import type { HelperNames } from './names.js';
import { breakableProperty } from './shapes.js';
import type { Property } from './shapes.js';

/** The span of the preset `http` that the middleware opens for each request. */
const spanName = 'http.server.request';

/** Metrics of the preset that the middleware records itself, with the labels by which it does. */
const metrics: ReadonlyMap<string, readonly string[]> = new Map([
  ['http_server_active_requests', ['method']],
  ['http_server_body_size_bytes', ['route', 'direction']],
]);

/** Whether the service answers requests: its spec has the preset's span. */
export function answersRequests(model: Model): boolean {
  return model.spans.has(spanName);
}

/** What the middleware is given of the spec, and the generated files that it comes from. */
export interface MiddlewareParts {
  readonly properties: readonly Property[];
  readonly files: readonly ('labels' | 'metrics' | 'spans')[];
}

/** What of the spec the middleware records into; what the spec has changed so that it does not fit any more is left out. */
export function middlewareParts(model: Model, names: HelperNames): MiddlewareParts {
  const span = model.spans.get(spanName);
  const method = span === undefined ? undefined : fitting(span);
  const spans =
    span === undefined || method === undefined
      ? []
      : [breakableProperty('span', ts`spans.${names.span(span)}`)];
  const labels =
    method?.bound.kind === 'closed' ? [breakableProperty('methods', ts`labels.${names.label(method)}`)] : [];
  const recorded = [...model.metrics.values()]
    .filter(({ name, labels: own }) => own.map(({ wire }) => wire).join() === metrics.get(name)?.join())
    .map((metric) => breakableProperty(camelCase(metric.name), ts`metrics.${names.metric(metric)}`));
  return {
    properties: [...spans, ...labels, ...recorded],
    files: [
      ...(labels.length === 0 ? [] : (['labels'] as const)),
      ...(recorded.length === 0 ? [] : (['metrics'] as const)),
      ...(spans.length === 0 ? [] : (['spans'] as const)),
    ],
  };
}

/** The label of the method, where the span has the attributes that the middleware sets and needs no others. */
function fitting({ attributes, record }: Span): Label | undefined {
  const labelOf = (name: string): Label | undefined => attributes.find((each) => each.name === name)?.label;
  const method = labelOf('method');
  const set = new Set([method, labelOf('route')]);
  const status = attributes.find(({ name }) => name === 'status');
  const needed = [record.count, record.duration].flatMap((metric) => metric?.labels ?? []);
  const others = attributes.flatMap(({ label }) => (label === undefined || set.has(label) ? [] : [label]));
  const fits =
    !set.has(undefined) &&
    (status === undefined || status.type === 'int') &&
    !others.some((label) => needed.includes(label));
  return fits ? method : undefined;
}
