const prometheus = require('prom-client');

module.exports = new prometheus.Counter({ name: 'starts_total', help: 'Starts of the service.' });
