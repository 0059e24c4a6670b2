import { Counter, Gauge } from 'prom-client';
import { metrics } from './generated/metrics.js';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
const parsing = metrics.parseDurationSeconds;

starts.inc(undefined, 5);
open.dec(null, 5);
parsing.observe(5);
parsing.observe(5);
