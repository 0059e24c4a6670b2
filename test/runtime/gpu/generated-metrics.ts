import { register } from 'prom-client';
import type { GpuMetrics } from '../../../src/runtime/gpu/metrics.js';
import { loadHelpers } from '../../agents/generated.js';
import { parseExposition, type Sample } from '../exposition.js';

const spec = `version: 1
service: { name: observed, owner: tests }
presets: [gpu]
`;

/** The metrics of the preset, as they are compiled. */
export function generatedMetrics(): GpuMetrics {
  const { metrics } = loadHelpers(spec).modules.get('./metrics.js') as { readonly metrics: GpuMetrics };
  return metrics;
}

/** A series of the page as it stands in a query, its labels in the order of the page. */
function series({ name, labels }: Sample): string {
  const pairs = Array.from(labels, ([label, value]) => `${label}="${value}"`).join(',');
  return `${name}{${pairs}}`;
}

/** The series of the page whose metric begins so, with their values. */
export async function page(start = 'gpu_'): Promise<Readonly<Record<string, number>>> {
  const samples = parseExposition(await register.metrics());
  return Object.fromEntries(
    samples.filter(({ name }) => name.startsWith(start)).map((sample) => [series(sample), sample.value]),
  );
}
