import type { Exemplar } from '../metrics/exemplar.js';
import { rowState } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';

/** One line of the scraped page. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** For the parts of a histogram. */
  readonly metricName?: string;
  readonly exemplar?: Exemplar;
}

/** The lines of a metric as a registry takes them: fresh objects each time, since a registry writes default labels into them. */
export function samplesOf(family: Family): Sample[] {
  family.refresh();
  const samples: Sample[] = [];
  for (let row = 0; row < family.rowCount; row += 1) {
    if (((family.state[row] ?? 0) & rowState.live) === 0) continue;
    if (family.type === 'histogram') pushHistogram(samples, family, row);
    else
      samples.push(
        withExemplar(
          { labels: labelsOf(family, row), value: family.cells[row] ?? 0 },
          family.exemplar(row, 0),
        ),
      );
  }
  return samples;
}

function pushHistogram(samples: Sample[], family: Family, row: number): void {
  const { name, bounds, cells, width } = family;
  const first = row * width;
  let count = 0;
  for (let bucket = 0; bucket <= bounds.length; bucket += 1) {
    count += cells[first + bucket] ?? 0;
    const labels = labelsOf(family, row);
    const bound = bounds[bucket];
    labels['le'] = bound === undefined ? '+Inf' : String(bound);
    samples.push(
      withExemplar({ metricName: `${name}_bucket`, labels, value: count }, family.exemplar(row, bucket)),
    );
  }
  const sum = cells[first + width - 1] ?? 0;
  samples.push({ metricName: `${name}_sum`, labels: labelsOf(family, row), value: sum });
  samples.push({ metricName: `${name}_count`, labels: labelsOf(family, row), value: count });
}

/** By name on the wire; without a prototype, since names come from the spec. */
function labelsOf(family: Family, row: number): Record<string, string> {
  const labels = Object.create(null) as Record<string, string>;
  const values = family.labelValues(row);
  family.labelNames.forEach((name, index) => {
    labels[name] = values[index] ?? '';
  });
  return labels;
}

function withExemplar(sample: Sample, exemplar: Exemplar | undefined): Sample {
  return exemplar === undefined ? sample : { ...sample, exemplar };
}
