// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { rowState } from '../metrics/family.js';
import type { Exemplar } from '../metrics/exemplar.js';
import type { Family } from '../metrics/family.js';

/** One sample as registries have it. */
export interface StructuredValue {
  readonly value: number;
  labels: Record<string, string | number>;
  /** Labels that all parts of a row have, which a registry writes once for each such object. */
  readonly sharedLabels?: Record<string, string>;
  /** For the parts of a histogram. */
  readonly metricName?: string;
  readonly exemplar?: Exemplar;
}

/**
 * The samples of a metric as objects that nobody else has, since registries change them. What the parts of a histogram's row have in
 * common stands apart (`split`), which only pages understand, or in the labels of each.
 */
export function structuredValues(family: Family, split: boolean): StructuredValue[] {
  const values: StructuredValue[] = [];
  const { state, rowCount } = family;
  for (let row = 0; row < rowCount; row += 1) {
    if (((state[row] ?? 0) & rowState.live) === 0) continue;
    if (family.type === 'histogram') addHistogramRow(values, family, row, split);
    else {
      const exemplar = family.exemplar(row, 0);
      const value = { value: family.cells[row] ?? 0, labels: labelsOf(family, row) };
      values.push(exemplar === undefined ? value : { ...value, exemplar });
    }
  }
  return values;
}

function addHistogramRow(values: StructuredValue[], family: Family, row: number, split: boolean): void {
  const { name, bounds, cells, width } = family;
  const rowLabels = labelsOf(family, row);
  const labelled = (
    own: Record<string, string | number>,
  ): Pick<StructuredValue, 'labels' | 'sharedLabels'> =>
    split ? { labels: own, sharedLabels: rowLabels } : { labels: Object.assign(own, rowLabels) };
  const start = row * width;
  let count = 0;
  for (let bucket = 0; bucket < width - 1; bucket += 1) {
    count += cells[start + bucket] ?? 0;
    const exemplar = family.exemplar(row, bucket);
    const value = {
      ...labelled({ le: bounds[bucket] ?? '+Inf' }),
      value: count,
      metricName: `${name}_bucket`,
    };
    values.push(exemplar === undefined ? value : { ...value, exemplar });
  }
  values.push({ ...labelled({}), value: cells[start + width - 1] ?? 0, metricName: `${name}_sum` });
  values.push({ ...labelled({}), value: count, metricName: `${name}_count` });
}

function labelsOf(family: Family, row: number): Record<string, string> {
  const values = family.labelValues(row);
  const labels: Record<string, string> = {};
  family.labelNames.forEach((name, index) => {
    labels[name] = values[index] ?? '';
  });
  return labels;
}
