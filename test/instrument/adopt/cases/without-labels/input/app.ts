import { Counter, Gauge, Histogram } from 'prom-client';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.', labelNames: [] });
const parsing = new Histogram({
  name: 'parse_duration_seconds',
  help: 'How long parsing took.',
  buckets: [0.01, 0.1, 1],
});

starts.inc({}, 5);
starts.inc({} /* none */, /* five */ 5);
starts.inc({});
starts.labels().inc(3);
open.set({}, 4);
open.dec();
open.setToCurrentTime();
parsing.observe({}, 0.5);
const end = parsing.startTimer();
const seconds: number = end({});
open.set(seconds);
