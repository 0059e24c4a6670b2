export { balancerConfig } from './balancer.js';
export { collectorConfig } from './collector.js';
export { logAgentConfig } from './log-agent.js';
export { collectorDirectory, type CollectorOptions, type CollectorPorts, type Place } from './place.js';
export { captureVariable } from './redaction.js';
export {
  spanMetricBounds,
  spanMetricDimensions,
  spanMetricLabels,
  spanMetricRows,
  spanMetricsPrefix,
} from './span-metrics.js';
export { probeTraceState, waitingTraces } from './tail-sampling.js';
