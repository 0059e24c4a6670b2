import type { Rule } from '../rule.js';
import { annotations } from './annotations.js';
import { axisBounds } from './axis-bounds.js';
import { costlyRange } from './costly-range.js';
import { dashboardLinks } from './dashboard-links.js';
import { dashboardProvenance } from './dashboard-provenance.js';
import { dashboardSize } from './dashboard-size.js';
import { dashboardTitle } from './dashboard-title.js';
import { dashboardUid } from './dashboard-uid.js';
import { dataLinks } from './data-links.js';
import { decimals } from './decimals.js';
import { exemplars } from './exemplars.js';
import { foreignDatasources } from './foreign-datasources.js';
import { gridBounds } from './grid-bounds.js';
import { gridHeights } from './grid-heights.js';
import { gridOverlap } from './grid-overlap.js';
import { histogramQuantile } from './histogram-quantile.js';
import { legendFormat } from './legend-format.js';
import { legendLabels } from './legend-labels.js';
import { legendRoom } from './legend-room.js';
import { noTraffic } from './no-traffic.js';
import { openLabels } from './open-labels.js';
import { panelDatasource } from './panel-datasource.js';
import { panelIds } from './panel-ids.js';
import { panelNoTargets } from './panel-no-targets.js';
import { panelTitleDescription } from './panel-title-description.js';
import { panelTitles } from './panel-titles.js';
import { panelUnits } from './panel-units.js';
import { ratioMatchers } from './ratio-matchers.js';
import { reduceOptions } from './reduce-options.js';
import { refIds } from './ref-ids.js';
import { refresh } from './refresh.js';
import { rowStructure } from './row-structure.js';
import { runbookLinks } from './runbook-links.js';
import { schemaVersion } from './schema-version.js';
import { shape } from './shape.js';
import { sharedCrosshair } from './shared-crosshair.js';
import { sloBudget } from './slo-budget.js';
import { sloOverview } from './slo-overview.js';
import { sloPanels } from './slo-panels.js';
import { stableColours } from './stable-colours.js';
import { staleMetric } from './stale-metric.js';
import { tableInstant } from './table-instant.js';
import { tableUnit } from './table-unit.js';
import { targetCounterAgg } from './target-counter-agg.js';
import { targetInstance } from './target-instance.js';
import { targetJob } from './target-job.js';
import { targetLogqlAuto } from './target-logql-auto.js';
import { targetLogql } from './target-logql.js';
import { targetPromql } from './target-promql.js';
import { targetRateInterval } from './target-rate-interval.js';
import { targetTraceql } from './target-traceql.js';
import { templateDatasource } from './template-datasource.js';
import { templateInstance } from './template-instance.js';
import { templateJob } from './template-job.js';
import { templateLabelPromql } from './template-label-promql.js';
import { templateOnTimeChangeReload } from './template-on-time-change-reload.js';
import { thresholdDrawn } from './threshold-drawn.js';
import { thresholdOfAlert } from './threshold-of-alert.js';
import { timeRange } from './time-range.js';
import { uneditableDashboard } from './uneditable-dashboard.js';
import { unitOfMetric } from './unit-of-metric.js';
import { unknownLabel } from './unknown-label.js';
import { variableCardinality } from './variable-cardinality.js';
import { variableChoices } from './variable-choices.js';
import { variableDeclared } from './variable-declared.js';
import { variableUsed } from './variable-used.js';
import { volatileKeys } from './volatile-keys.js';

/** Every rule: those of Grafana's linter in its order, then those that it lacks, in the order of the checklist. */
export const rules: readonly Rule[] = [
  templateDatasource,
  templateJob,
  templateInstance,
  templateLabelPromql,
  templateOnTimeChangeReload,
  panelDatasource,
  panelTitleDescription,
  panelUnits,
  panelNoTargets,
  targetLogql,
  targetLogqlAuto,
  targetPromql,
  targetRateInterval,
  targetJob,
  targetInstance,
  targetCounterAgg,
  uneditableDashboard,
  shape,
  dashboardUid,
  dashboardTitle,
  dashboardProvenance,
  volatileKeys,
  schemaVersion,
  timeRange,
  refresh,
  sharedCrosshair,
  variableDeclared,
  variableUsed,
  variableChoices,
  variableCardinality,
  foreignDatasources,
  targetTraceql,
  refIds,
  legendFormat,
  legendLabels,
  tableInstant,
  costlyRange,
  openLabels,
  ratioMatchers,
  noTraffic,
  histogramQuantile,
  staleMetric,
  unknownLabel,
  unitOfMetric,
  tableUnit,
  thresholdDrawn,
  thresholdOfAlert,
  axisBounds,
  decimals,
  legendRoom,
  stableColours,
  reduceOptions,
  rowStructure,
  gridBounds,
  gridOverlap,
  gridHeights,
  panelIds,
  panelTitles,
  exemplars,
  dataLinks,
  dashboardLinks,
  annotations,
  runbookLinks,
  sloPanels,
  sloBudget,
  sloOverview,
  dashboardSize,
];
