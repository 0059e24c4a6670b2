'use strict';

const { Counter, Gauge, register } = require('prom-client');

const requests = new Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered.',
  labelNames: ['method', 'status'],
});
const queue = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });

module.exports = { requests, queue, register };
