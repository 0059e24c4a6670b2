const { metrics } = require('../generated/metrics');

function Counters() {
  this.starts = metrics.startsTotal;
}
Counters.prototype.count = function () {
  this.starts.inc(1);
};
module.exports = {
  Counters: Counters,
  jobs: metrics.jobsTotal,
};
