import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { camelCase } from '../../encode/names.js';
import type { Metric, Model } from '../model.js';
import { seriesNamed, seriesNames } from '../series.js';
import { impossibleDay } from './deprecation.js';
import type { Rule } from './rule.js';

/** What else has the old name of a metric, or of one of its series; undefined where nothing has. */
function holderOf(
  metric: Metric,
  old: string,
  model: Model,
): { readonly words: string; readonly metric: Metric | undefined } | undefined {
  for (const series of [old, ...seriesNames({ ...metric, name: old })]) {
    const holder = model.metrics.get(series) ?? seriesNamed(model, series)?.metric;
    if (holder === metric) return { words: `\`${series}\` is a name that it has now`, metric: undefined };
    if (holder !== undefined)
      return {
        words: `\`${holder.name}\` is declared as well`,
        metric: 'readers' in holder ? holder : undefined,
      };
  }
  for (const other of model.metrics.values()) {
    if (other === metric) continue;
    if (other.renamedFrom?.name === old) return { words: `\`${other.name}\` says the same`, metric: other };
    if (camelCase(other.name) === camelCase(old))
      return { words: `the helper of \`${other.name}\` has its name`, metric: other };
  }
  return undefined;
}

function clash(metric: Metric, old: string, model: Model): Diagnostic | undefined {
  const range = metric.origin.of('renamedFrom', 'name');
  if (metric.type === 'counter' && !old.endsWith('_total'))
    return diagnostic('OBS3083', {
      message: `\`${metric.name}\` is a counter, and its old name \`${old}\` does not end in \`_total\``,
      range,
      help: 'pages in the form of OpenMetrics cannot hold such a counter: remove `renamedFrom`, and let queries change with the code',
    });
  const holder = holderOf(metric, old, model);
  if (holder === undefined) return undefined;
  return diagnostic('OBS3083', {
    message: `\`${metric.name}\` cannot keep the old name \`${old}\`: ${holder.words}`,
    range,
    related:
      holder.metric === undefined
        ? []
        : [{ range: holder.metric.origin.key, message: 'it is declared here' }],
    help: 'remove `renamedFrom`, or the other metric',
  });
}

/** OBS3082, OBS3083: the old name of a metric is free, and is given up one day. */
export const renamings: Rule = function* ({ model, today }) {
  for (const metric of model.metrics.values()) {
    const { renamedFrom, origin, name } = metric;
    if (renamedFrom === undefined || origin.preset !== undefined || metric.repaired.has('renamedFrom'))
      continue;
    const found = clash(metric, renamedFrom.name, model);
    if (found !== undefined) yield found;
    const range = origin.of('renamedFrom', 'until');
    const impossible = impossibleDay(renamedFrom.until, range);
    if (impossible !== undefined) yield impossible;
    else if (renamedFrom.until <= today)
      yield diagnostic('OBS3082', {
        message: `\`${name}\` was to give up the name \`${renamedFrom.name}\` on ${renamedFrom.until}`,
        range,
        help: 'remove `renamedFrom` once nobody reads the old name, or move the day',
      });
  }
};
