const { Counter } = require('prom-client');

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
module.exports = starts;
