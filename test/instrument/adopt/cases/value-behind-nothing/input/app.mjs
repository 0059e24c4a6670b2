import { Counter, Gauge, Histogram } from 'prom-client';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
const parsing = new Histogram({ name: 'parse_duration_seconds', help: 'Parsing.', buckets: [0.01, 0.1, 1] });

starts.inc(undefined, 5);
open.dec(null, 5);
parsing.observe(undefined, 5);
parsing.observe(null, 5);
