import telemetryMetrics = require('./generated/metrics.js');

const starts = telemetryMetrics.metrics.startsTotal;
starts.inc(1);
export = starts;
