import { camelCase } from '../../encode/names.js';
import type { Label as LabelOfModel, Metric, Model } from '../../model/model.js';
import { presetWith } from '../../model/preset-index.js';
import type { GpuMetrics } from '../../runtime/gpu/metrics.js';
import { labelledCounter } from '../../runtime/metrics/counter.js';
import { labelledGauge } from '../../runtime/metrics/gauge.js';
import { labelledHistogram } from '../../runtime/metrics/histogram.js';
import { closedLabel, openLabel, registeredLabel } from '../../runtime/metrics/label.js';
import type { Label } from '../../runtime/metrics/label.js';

/** The metrics that collectors feed, as the helpers of a service would have them: one source for their names, help and labels. */
export function gpuMetricsOf(model: Model): GpuMetrics {
  const labels = new Map<string, Label<string>>();
  const labelOf = (label: LabelOfModel): Label<string> => {
    const made = labels.get(label.key) ?? runtimeLabel(label);
    labels.set(label.key, made);
    return made;
  };
  const metrics = [...model.metrics.values()].filter(isOfPreset);
  return Object.fromEntries(
    metrics.map((metric) => [camelCase(metric.name), runtimeMetric(metric, labelOf)]),
  );
}

/** One whose labels a spec has changed is another metric. */
function isOfPreset({ name, labels }: Metric): boolean {
  return presetWith('metrics', name) === 'gpu' && labels.every(({ key }) => key.startsWith('gpu.'));
}

function runtimeLabel({ key, bound }: LabelOfModel): Label<string> {
  if (bound.kind === 'closed') return closedLabel({ key, values: bound.values });
  return bound.kind === 'open'
    ? openLabel({ key, cap: bound.cap })
    : registeredLabel({ key, cap: bound.cap });
}

function runtimeMetric(metric: Metric, labelOf: (label: LabelOfModel) => Label<string>): object {
  const { name, help, aggregate, initialised, expireAfter, buckets } = metric;
  const definition = {
    ...{ name, help, aggregate, initialised },
    ...(expireAfter === undefined ? {} : { expireAfterSeconds: expireAfter.seconds }),
    labels: Object.fromEntries(metric.labels.map((label) => [label.wire, labelOf(label)])),
  };
  switch (metric.type) {
    case 'counter':
      return labelledCounter(definition);
    case 'gauge':
      return labelledGauge(definition);
    case 'histogram':
      return labelledHistogram({ ...definition, buckets });
  }
}
