import type { Model } from '../model/model.js';
import { seriesNames } from '../model/series.js';
import { selector } from '../promql/build.js';
import type { RecordingRule, RuleGroup } from '../promql/rule.js';
import { grouped } from '../slo/groups.js';
import { bridged } from './bridge.js';

/** The rule file of the records that bridge renamings, below the output directory. */
export function renameRuleFile({ service }: Model): string {
  return `prometheus/rules/${service.name}-renames.yaml`;
}

/** The name under which both names of a series are recorded as one; no series that is scraped has a colon in its name. */
export function bridgeName(series: string): string {
  return `${series}:bridged`;
}

/**
 * Records for queries outside the spec: each series of a renamed metric under whichever of its names it is exposed, once, with the labels
 * of the scrape. They begin when the rules are loaded; what obs-gen writes itself reads both names, and with them all of the past.
 */
export function renameGroups(model: Model): readonly RuleGroup[] {
  const rules = [...model.metrics.values()]
    .filter(({ renamedFrom }) => renamedFrom !== undefined)
    .flatMap((metric) => seriesNames(metric))
    .map((name): RecordingRule => ({
      kind: 'record',
      record: bridgeName(name),
      expr: selector(name),
      labels: new Map(),
    }));
  const interval = model.target.prometheus.evaluationInterval.seconds;
  return withBothNames(model, grouped(model, `${model.service.name}:renames`, interval, rules));
}

/** Groups whose rules read renamed metrics under both of their names. */
export function withBothNames(model: Model, groups: readonly RuleGroup[]): readonly RuleGroup[] {
  return groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, expr: bridged(model, rule.expr) })),
  }));
}
