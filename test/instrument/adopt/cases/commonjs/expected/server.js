'use strict';

const { requests } = require('./metrics');
const metrics = require('./metrics');

module.exports = function answer(request, response) {
  requests.inc({ method: request.method, status: response.statusCode });
  metrics.queue.set({ queue: 'mail' }, 3);
  metrics.queue.set({ queue: 'mail' }, 4);
};
