exports.run = function () {
  const { jobs: ended } = require('./lib/counters');
  ended.labels('ok').inc();
  const counters = require('./lib/counters');
  counters.jobs.labels('failed').inc(2);
  require('./lib/counters').jobs.labels({ outcome: 'ok' }).inc();
};
