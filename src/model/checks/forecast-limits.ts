import { diagnostic } from '../../diagnostics/create.js';
import type { Rule } from './rule.js';

/** OBS3151: a forecast waits for a limit within the metric's range. */
export const forecastLimits: Rule = function* ({ model }) {
  for (const { condition, origin, repaired } of model.alerts.values()) {
    if (condition.form !== 'forecast' || repaired.has('forecast')) continue;
    const { metric, above, below } = condition;
    const [low, high] = metric.range ?? [-Infinity, Infinity];
    const isBeyond = above !== undefined ? above >= high : below !== undefined && below <= low;
    if (low > high || !isBeyond || ('repaired' in metric && metric.repaired.has('range'))) continue;
    yield diagnostic('OBS3151', {
      message: `\`${metric.name}\` is ${low} to ${high}: it never gets ${above === undefined ? 'below' : 'above'} ${above ?? below ?? 0}`,
      range: origin.of('forecast', above === undefined ? 'below' : 'above'),
      related: [{ range: metric.origin.of('range'), message: 'its range' }],
      help: 'take a limit within the range, or widen the range',
    });
  }
};
