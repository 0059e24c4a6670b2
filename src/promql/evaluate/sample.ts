import { EvaluationError } from './error.js';
import type { LabelSet } from './labels.js';

/** A value of one series at the time of an evaluation. */
export interface Sample {
  readonly labels: LabelSet;
  readonly value: number;
}

/** Refuses a result in which two samples have the same labels, as Prometheus does. */
export function distinct<T extends Sample>(samples: readonly T[]): readonly T[] {
  if (samples.length > 1) {
    const seen = new Set<LabelSet>();
    for (const { labels } of samples) seen.add(labels);
    if (seen.size < samples.length)
      throw new EvaluationError('vector cannot contain metrics with the same labelset');
  }
  return samples;
}
