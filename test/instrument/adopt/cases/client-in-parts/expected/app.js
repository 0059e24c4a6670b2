const { metrics } = require('./generated/metrics');

const starts = metrics.startsTotal;
const open = metrics.openConnections;
starts.inc(1);
open.set(1);
