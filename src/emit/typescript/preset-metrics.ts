import { camelCase } from '../../encode/names.js';
import { ts } from '../../encode/typescript.js';
import type { Metric, Model } from '../../model/model.js';
import { presetWith } from '../../model/preset-index.js';
import type { HelperNames } from './names.js';
import { breakableProperty } from './shapes.js';
import type { Property } from './shapes.js';

/**
 * Metrics of presets that the runtime records, under the names that it knows them by. One whose help or buckets the spec has changed is
 * recorded as well; one whose labels it has changed is another metric, and one that is not there is not recorded.
 * @param isRecorded whether the runtime records the metric, and nothing else does
 */
export function presetMetrics(
  model: Model,
  names: HelperNames,
  presets: readonly string[],
  isRecorded: (metric: Metric) => boolean = () => true,
): readonly Property[] {
  return [...model.metrics.values()].flatMap((metric) => {
    const preset = presetWith('metrics', metric.name);
    const isOfPreset =
      preset !== undefined &&
      presets.includes(preset) &&
      metric.labels.every(({ key }) => key.startsWith(`${preset}.`));
    return isOfPreset && isRecorded(metric)
      ? [breakableProperty(camelCase(metric.name), ts`metrics.${names.metric(metric)}`)]
      : [];
  });
}

/** Whether the spec has taken a preset in. */
export function usesPreset({ metrics }: Model, preset: string): boolean {
  return [...metrics.values()].some(({ origin }) => origin.preset === preset);
}
