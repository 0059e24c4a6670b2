import type { ExternalMetric, Metric } from '../../../model/model.js';
import type { SeenSample } from '../seen.js';
import { seriesText } from '../seen.js';
import { listed } from '../tally.js';
import { declared, type RuleContext } from './context.js';

/** Values that cannot be: outside of the declared range, or a count below nothing. */
export function checkValue(
  { tally }: RuleContext,
  metric: Metric | ExternalMetric,
  sample: SeenSample,
): void {
  const { value } = sample;
  // NaN is what a gauge shows that could not be read; it is no value.
  if (Number.isNaN(value)) return;
  const { range, type } = metric;
  if (range !== undefined && type !== 'histogram' && (value < range[0] || value > range[1])) {
    tally.add(
      'OBS6031',
      metric.name,
      () => ({
        message: `\`${metric.name}\` is ${value}, outside of its range from ${range[0]} to ${range[1]}`,
        range: sample.place(),
        related: [{ range: metric.origin.of('range'), message: 'the range stands here' }],
        help: (details, more) =>
          details.length + more > 1
            ? `values seen: ${listed(details, more)}; in another unit, perhaps? Otherwise widen the range`
            : 'in another unit, perhaps? Otherwise widen the range: alerts and axes are held against it',
      }),
      String(value),
    );
  } else if (type === 'counter' && value < 0) {
    tally.add('OBS6031', metric.name, () => ({
      message: `the counter \`${metric.name}\` is ${value}, and a count cannot be negative`,
      range: sample.place(),
      related: [declared(metric)],
      help: `what can go down is a gauge; the series is ${seriesText(sample.name, sample.labels)}`,
    }));
  }
}
