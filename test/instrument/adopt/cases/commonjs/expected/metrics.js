'use strict';

const { register } = require('prom-client');
const { metrics } = require('./generated/metrics');

const requests = metrics.httpRequestsTotal;
const queue = metrics.queueDepth;

module.exports = { requests, queue, register };
