import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Metric } from '../model.js';
import { scaledUnitOf, withBaseUnit } from '../units.js';
import type { CheckInput, Rule } from './rule.js';
import { withArticle } from './words.js';

/** Endings that say what kind of series it is; `_info` is right for a gauge that is always 1. */
const reserved = /_(bucket|sum|count|created|info)$/;

/** The whole name as it ought to be: base unit, ending by type. */
function properName(metric: Metric): string {
  const scaled = unitSlip(metric.name);
  const based = scaled === undefined ? metric.name : withBaseUnit(metric.name, scaled.word, scaled.unit.base);
  const stem = based.replace(/_(?:total|bucket|sum|count|created|info)$/, '');
  return metric.type === 'counter' ? `${stem}_total` : stem;
}

/** The unit that is no base unit; rates (`tokens_per_second`) have no other name. */
function unitSlip(name: string): ReturnType<typeof scaledUnitOf> {
  const scaled = scaledUnitOf(name);
  return scaled !== undefined && name.includes(`_per_${scaled.word}`) ? undefined : scaled;
}

function renaming(input: CheckInput, metric: Metric, used: ReadonlySet<Metric>) {
  const name = properName(metric);
  const isFree = !input.model.metrics.has(name) && name !== metric.name;
  const range = metric.origin.key;
  return {
    range,
    help: isFree ? `rename it to \`${name}\`` : 'choose another name',
    // A metric that something reads is named in more places than a fix can reach.
    fix: isFree && !used.has(metric) ? { range, text: name } : undefined,
  };
}

function finding(input: CheckInput, metric: Metric, used: ReadonlySet<Metric>): Diagnostic | undefined {
  const { name, type } = metric;
  const isTotal = name.endsWith('_total');
  if (type === 'counter' && !isTotal) {
    return diagnostic('OBS3010', {
      message: `the counter \`${name}\` does not end in \`_total\``,
      ...renaming(input, metric, used),
    });
  }
  if (type !== 'counter' && isTotal) {
    return diagnostic('OBS3011', {
      message: `\`${name}\` is ${withArticle(type)}, but \`_total\` is the ending of counters`,
      ...renaming(input, metric, used),
    });
  }
  const suffix = reserved.exec(name)?.[1];
  if (suffix !== undefined && !(suffix === 'info' && type === 'gauge')) {
    // Beside the histogram itself it is more than a bad name: the check of series says so.
    if (input.model.metrics.get(name.slice(0, -suffix.length - 1))?.type === 'histogram') return undefined;
    return diagnostic('OBS3013', {
      message: `\`_${suffix}\` at the end of \`${name}\` is reserved`,
      range: metric.origin.key,
      help: 'end it in what is measured, and its unit if it has one',
    });
  }
  const scaled = unitSlip(name);
  if (scaled === undefined) return undefined;
  const { word, unit } = scaled;
  const { range, help } = renaming(input, metric, used);
  const recorded = unit.base === 'ratio' ? 'a ratio' : unit.base;
  return diagnostic('OBS3014', {
    message: `\`${name}\` ends in \`${word}\`, and the base unit is ${unit.base}`,
    range,
    help: unit.factor === 1 ? help : `${help} and record ${recorded}: ${word} × ${unit.factor}`,
  });
}

/** OBS3010, OBS3011, OBS3013, OBS3014: the ending of a metric's name fits its type and unit; at most one finding a name. */
export const metricNames: Rule = function* (input) {
  const { metrics, spans } = input.model;
  const used = new Set<Metric>();
  for (const { record } of spans.values()) {
    for (const metric of Object.values(record)) if (metric !== undefined) used.add(metric);
  }
  for (const metric of metrics.values()) {
    if (metric.origin.preset !== undefined || metric.repaired.has('type')) continue;
    if (metric.readers.length > 0) used.add(metric);
    const found = finding(input, metric, used);
    if (found !== undefined) yield found;
  }
};
