import client = require('prom-client');

const starts = new client.Counter({ name: 'starts_total', help: 'Starts of the service.' });
starts.inc({}, 1);
export = starts;
