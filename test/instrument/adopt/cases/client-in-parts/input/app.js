const prom = require('prom-client');
const { Counter } = prom;
const Gauge = require('prom-client').Gauge;

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
starts.inc({}, 1);
open.set({}, 1);
