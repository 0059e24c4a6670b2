import { hasErrors } from '../../src/diagnostics/create.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import { check } from '../../src/model/checks/index.js';
import type { Metric, Model } from '../../src/model/model.js';
import { resolve } from '../../src/model/resolve.js';
import { loadSpecText } from '../../src/spec/load.js';

export interface Checked {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** The model of a spec and what the checks say of it; throws with the findings where there is an error. */
export function checkedModel(yaml: string): Checked {
  const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
  const resolved = loaded.value === undefined ? undefined : resolve(loaded.value);
  const diagnostics = [...loaded.diagnostics, ...(resolved?.diagnostics ?? [])];
  if (loaded.value !== undefined && resolved?.value !== undefined) {
    diagnostics.push(...check(resolved.value, loaded.value, '2026-11-20'));
  }
  if (resolved?.value === undefined || hasErrors(diagnostics)) {
    throw new Error(renderPretty(diagnostics, { color: false }));
  }
  return { model: resolved.value, diagnostics };
}

/** A spec of nothing but presets. */
export function specOf(presets: readonly string[]): string {
  return [
    'version: 1',
    'service: { name: example, owner: team, runbooks: https://runbooks.example.com }',
    `presets: [${presets.join(', ')}]`,
    'budgets: { seriesPerInstance: 100000, seriesPerMetric: 4000 }',
    '',
  ].join('\n');
}

/** Worst-case series of a metric, worked out from the language's definition alone: what `plan` and the checks must agree with. */
export function worstCase(metric: Metric): number {
  const rows = metric.labels.reduce(
    (product, { bound }) => product * (bound.kind === 'closed' ? bound.values.length : bound.cap + 1),
    1,
  );
  return rows * (metric.type === 'histogram' ? metric.buckets.length + 3 : 1);
}

/** The sum over metrics. */
export function totalWorstCase(metrics: Iterable<Metric>): number {
  let sum = 0;
  for (const metric of metrics) sum += worstCase(metric);
  return sum;
}
