var prom = require('prom-client');

function Counters() {
  this.starts = new prom.Counter({ name: 'starts_total', help: 'Starts of the service.' });
}
Counters.prototype.count = function () {
  this.starts.inc({}, 1);
};
module.exports = {
  Counters: Counters,
  jobs: new prom.Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] }),
};
