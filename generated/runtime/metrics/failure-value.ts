// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { otherValue } from './label-table.js';
import type { LabelTable } from './label-table.js';
import { tableOf } from './labelled-metric.js';

/** Values of a closed label that can stand for what a failed call did not say, the most telling first. */
const ofClosedLabels = ['error', 'failed', 'failure', 'unknown', 'other', '_OTHER', otherValue];

/**
 * The value of a metric's label for a call that has failed, where it would have been read from the result: of a closed label the one among
 * its values that says so, or that nothing is known; of others the one that values without a place of their own share. Undefined where
 * the label has no such value, or the metric is none of this runtime.
 */
export function failureValue(metric: unknown, label: string): string | undefined {
  const table = tableOf(metric, label);
  return table === undefined ? undefined : valueIn(table);
}

function valueIn({ kind, ordinals }: LabelTable): string | undefined {
  return kind === 'closed' ? ofClosedLabels.find((value) => ordinals.has(value)) : otherValue;
}
