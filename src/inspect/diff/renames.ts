import type { Metric } from '../../model/model.js';
import { canonical } from './values.js';

/** Everything of a metric besides its name that says what it measures. */
function substance({ type, labels, buckets, help, aggregate }: Metric): string {
  return canonical([type, labels.map(({ key }) => key).sort(), buckets, help.trim(), aggregate]);
}

function bySubstance(metrics: readonly Metric[]): ReadonlyMap<string, readonly Metric[]> {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const own = substance(metric);
    const same = groups.get(own);
    if (same === undefined) groups.set(own, [metric]);
    else same.push(metric);
  }
  return groups;
}

/** By the name of a metric that went, the name of the only one that came and is equal otherwise. */
export function proposedNames(gone: readonly Metric[], come: readonly Metric[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const heirs = bySubstance(come);
  for (const [own, [metric, rival]] of bySubstance(gone)) {
    const [heir, second] = heirs.get(own) ?? [];
    if (metric !== undefined && rival === undefined && heir !== undefined && second === undefined)
      names.set(metric.name, heir.name);
  }
  return names;
}
