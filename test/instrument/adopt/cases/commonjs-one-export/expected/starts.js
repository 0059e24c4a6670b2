const { metrics } = require('./generated/metrics');

module.exports = metrics.startsTotal;
