exports.run = function () {
  const { jobs: ended } = require('./lib/counters');
  ended.inc({ outcome: 'ok' });
  const counters = require('./lib/counters');
  counters.jobs.inc({ outcome: 'failed' }, 2);
  require('./lib/counters').jobs.inc({ outcome: 'ok' });
};
