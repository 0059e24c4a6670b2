import type { Model } from '../model/model.js';
import { queriesOfSli } from '../model/resolve/readers.js';
import { groupsOfSlo, quantileGroups } from './groups.js';

/**
 * The names of all series that the rules of objectives and SLIs record; undefined where something that they are made from has a
 * fault, which was reported, so that nobody can tell.
 */
export function recordedNames(model: Model): ReadonlySet<string> | undefined {
  const slos = [...model.slos.values()];
  for (const { sli, repaired } of slos) {
    const queries = [...queriesOfSli(sli), ...(sli.form === 'latency' && sli.matchers ? [sli.matchers] : [])];
    if (sli.form === 'quantile' || repaired.size + sli.repaired.size > 0) return undefined;
    if (queries.some(({ expr }) => expr === undefined)) return undefined;
  }
  const groups = [...quantileGroups(model), ...slos.flatMap((slo) => groupsOfSlo(model, slo))];
  const records = groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === 'record'));
  return new Set(records.map(({ record }) => record));
}
