import type { Check } from '../check.js';
import { accessAnonymousCheck } from './access-anonymous.js';
import { accessGrafanaCheck } from './access-grafana.js';
import { accessListeningCheck } from './access-listening.js';
import { accessPrometheusCheck } from './access-prometheus.js';
import { alertDeliveryCheck } from './alert-delivery.js';
import { alertSendingCheck } from './alert-sending.js';
import { alertSilencesCheck } from './alert-silences.js';
import { clockCheck } from './clock.js';
import { collectorLossesCheck } from './collector-losses.js';
import { dashboardsCheck } from './dashboards.js';
import { dataSourcesCheck } from './data-sources.js';
import { exemplarsCheck } from './exemplars.js';
import { logProbeCheck } from './log-probe.js';
import { logServiceCheck } from './log-service.js';
import { metricProbeCheck } from './metric-probe.js';
import { metricServiceCheck } from './metric-service.js';
import { readyChecks } from './ready.js';
import { routesCheck } from './routes.js';
import { ruleDriftCheck } from './rule-drift.js';
import { ruleHealthCheck } from './rule-health.js';
import { storageRetentionCheck } from './storage-retention.js';
import { storageSamplesCheck } from './storage-samples.js';
import { storageSeriesCheck } from './storage-series.js';
import { targetsCheck } from './targets.js';
import { traceProbeCheck } from './trace-probe.js';
import { traceServiceCheck } from './trace-service.js';

/** All that the doctor asks, in the order in which it is told: what others depend on comes first. */
export const checks: readonly Check[] = [
  ...readyChecks,
  targetsCheck,
  ruleHealthCheck,
  ruleDriftCheck,
  routesCheck,
  dashboardsCheck,
  dataSourcesCheck,
  metricServiceCheck,
  metricProbeCheck,
  traceProbeCheck,
  traceServiceCheck,
  logProbeCheck,
  logServiceCheck,
  exemplarsCheck,
  alertDeliveryCheck,
  alertSendingCheck,
  alertSilencesCheck,
  collectorLossesCheck,
  storageRetentionCheck,
  storageSeriesCheck,
  storageSamplesCheck,
  clockCheck,
  accessAnonymousCheck,
  accessGrafanaCheck,
  accessPrometheusCheck,
  accessListeningCheck,
];
