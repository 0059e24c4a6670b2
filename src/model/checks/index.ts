import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { instrumentRules } from '../../instrument/rules/checks/index.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import type { Model } from '../model.js';
import { withoutReplaced } from '../replaced.js';
import { alertConditions, pendingTimes } from './alert-conditions.js';
import { alertFormats } from './alert-formats.js';
import { alertInstances } from './alert-instances.js';
import { alertLabels } from './alert-labels.js';
import { alertNames, securityCounter } from './alert-names.js';
import { alertTemplates } from './alert-templates.js';
import { alertTwins } from './alert-twins.js';
import { armBudgets } from './arm-budgets.js';
import { buckets, valueRanges } from './buckets.js';
import { budgets } from './budgets.js';
import { burnRates } from './burn-rates.js';
import { declaredTraffic } from './declared-traffic.js';
import { dashboardSizes } from './dashboard-sizes.js';
import { dashboardRefresh } from './dashboard-refresh.js';
import { dashboardTitles } from './dashboard-titles.js';
import { dashboardVariables } from './dashboard-variables.js';
import { deprecation } from './deprecation.js';
import { groupLimit, intervals } from './evaluation.js';
import { eventSubsets } from './event-subsets.js';
import { expiries } from './expiries.js';
import { forecastLimits } from './forecast-limits.js';
import { alertGroups, countedEvents, groupLabels } from './group-labels.js';
import { gpuCollectors, gpuMetrics } from './gpu-collectors.js';
import { groupings } from './groupings.js';
import { identifiers } from './identifiers.js';
import { inhibitedNames, inhibitionCircles, quietCauses } from './inhibitions.js';
import { labelBounds, labelCaps } from './label-bounds.js';
import { labelValues } from './label-values.js';
import { reservedLabels, unusedLabels, wireNames } from './labels.js';
import { latency } from './latency.js';
import { metricNames } from './metric-names.js';
import { objectiveForms, objectivePeriods } from './objectives.js';
import { panelLanguages } from './panel-languages.js';
import { panelLegends } from './panel-legends.js';
import { panelOpenLabels } from './panel-open-labels.js';
import { panelRanges } from './panel-ranges.js';
import { panelThresholds } from './panel-thresholds.js';
import { panelUnits } from './panel-units.js';
import { panelVariables } from './panel-variables.js';
import { panelViews } from './panel-views.js';
import { panels } from './panels.js';
import { queryFindings } from './query-findings.js';
import { queryNames } from './query-names.js';
import { querySelectors } from './query-selectors.js';
import { queryUnits } from './query-units.js';
import { queryVariables } from './query-variables.js';
import { namedFiles, type FileExists } from './named-files.js';
import { alertmanagerVersion, idleReceivers, receiverFaults, unheardAlerts } from './receivers.js';
import { reactionTimes } from './reaction-times.js';
import { redactPatterns } from './redact-patterns.js';
import type { CheckInput, Rule } from './rule.js';
import { renamings } from './renamings.js';
import { replacedLabels } from './replaced-labels.js';
import { sameObjectives } from './same-objectives.js';
import { seriesClashes } from './series-clashes.js';
import { spanAttributes } from './span-attributes.js';
import { spanOutcomes } from './span-outcomes.js';
import { spanRecords } from './span-records.js';
import { stackSampling } from './stack-sampling.js';
import { timeSlices } from './time-slices.js';
import { targetFeatures, targetKeys } from './target-features.js';

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
  renamings,
  gpuMetrics,
  gpuCollectors,
  queryVariables,
  queryNames,
  labelValues,
  querySelectors,
  groupings,
  queryFindings,
  queryUnits,
  forecastLimits,
  latency,
  objectiveForms,
  burnRates,
  objectivePeriods,
  alertGroups,
  groupLabels,
  countedEvents,
  armBudgets,
  declaredTraffic,
  eventSubsets,
  reactionTimes,
  sameObjectives,
  timeSlices,
  alertTemplates,
  alertNames,
  securityCounter,
  alertConditions,
  pendingTimes,
  alertFormats,
  alertTwins,
  alertInstances,
  alertLabels,
  unheardAlerts,
  receiverFaults,
  alertmanagerVersion,
  idleReceivers,
  inhibitedNames,
  inhibitionCircles,
  quietCauses,
  labelBounds,
  labelCaps,
  budgets,
  panels,
  panelViews,
  dashboardVariables,
  panelRanges,
  panelLanguages,
  panelUnits,
  panelThresholds,
  panelVariables,
  dashboardTitles,
  dashboardRefresh,
  panelLegends,
  panelOpenLabels,
  dashboardSizes,
  targetFeatures,
  targetKeys,
  intervals,
  replacedLabels,
  groupLimit,
  expiries,
  stackSampling,
  ...instrumentRules,
];

/** Rules that build dashboards to look at them, which takes longer than all others together. */
const ofBoards: readonly Rule[] = [dashboardSizes];

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
  return [...checkWithoutBoards(model, loaded, today, exists), ...checkBoards(model, loaded, today)];
}

/** The findings of the rules that need dashboards which have been built. */
export function checkBoards(model: Model, loaded: LoadedSpec, today: string): readonly Diagnostic[] {
  const input: CheckInput = { model, loaded, spec: loaded.spec, today };
  return withoutReplaced(
    ofBoards.flatMap((rule) => [...rule(input)]),
    loaded,
  );
}

/** The findings of all other rules. */
export function checkWithoutBoards(
  model: Model,
  loaded: LoadedSpec,
  today: string,
  exists?: FileExists,
): readonly Diagnostic[] {
  const input: CheckInput = { model, loaded, spec: loaded.spec, today };
  const asked = rules.filter((rule) => !ofBoards.includes(rule));
  const findings = asked.flatMap((rule) => [...rule(input)]);
  if (exists !== undefined) findings.push(...namedFiles(input, exists));
  return withoutReplaced(findings, loaded);
}
