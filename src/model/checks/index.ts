import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import type { Model } from '../model.js';
import { withoutReplaced } from '../replaced.js';
import { alertNames, securityCounter } from './alert-names.js';
import { alertTemplates } from './alert-templates.js';
import { buckets, valueRanges } from './buckets.js';
import { budgets } from './budgets.js';
import { burnRates } from './burn-rates.js';
import { dashboardVariables } from './dashboard-variables.js';
import { deprecation } from './deprecation.js';
import { alertGroups, countedEvents, groupLabels } from './group-labels.js';
import { groupings } from './groupings.js';
import { identifiers } from './identifiers.js';
import { labelBounds, labelCaps } from './label-bounds.js';
import { labelValues } from './label-values.js';
import { reservedLabels, unusedLabels, wireNames } from './labels.js';
import { latency } from './latency.js';
import { metricNames } from './metric-names.js';
import { objectiveForms, objectivePeriods } from './objectives.js';
import { panelViews } from './panel-views.js';
import { panels } from './panels.js';
import { queryNames } from './query-names.js';
import { querySelectors } from './query-selectors.js';
import { queryVariables } from './query-variables.js';
import { namedFiles, type FileExists } from './named-files.js';
import { redactPatterns } from './redact-patterns.js';
import type { CheckInput, Rule } from './rule.js';
import { seriesClashes } from './series-clashes.js';
import { spanAttributes } from './span-attributes.js';
import { spanOutcomes } from './span-outcomes.js';
import { spanRecords } from './span-records.js';

/** Every rule, in the order of its codes. */
export const rules: readonly Rule[] = [
  metricNames,
  seriesClashes,
  identifiers,
  reservedLabels,
  wireNames,
  unusedLabels,
  buckets,
  valueRanges,
  spanRecords,
  spanOutcomes,
  spanAttributes,
  redactPatterns,
  deprecation,
  queryVariables,
  queryNames,
  labelValues,
  querySelectors,
  groupings,
  latency,
  objectiveForms,
  burnRates,
  objectivePeriods,
  alertGroups,
  groupLabels,
  countedEvents,
  alertTemplates,
  alertNames,
  securityCounter,
  labelBounds,
  labelCaps,
  budgets,
  panels,
  panelViews,
  dashboardVariables,
];

/**
 * All findings of the rules, the suppressed ones among them.
 * @param today an ISO date: sunsets are compared with it
 * @param exists whether there is a file at a path; left out for a spec that is in memory, whose files nobody can look for
 */
export function check(
  model: Model,
  loaded: LoadedSpec,
  today: string,
  exists?: FileExists,
): readonly Diagnostic[] {
  const input: CheckInput = { model, loaded, spec: loaded.spec, today };
  const findings = rules.flatMap((rule) => [...rule(input)]);
  if (exists !== undefined) findings.push(...namedFiles(input, exists));
  return withoutReplaced(findings, loaded);
}
