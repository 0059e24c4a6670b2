import {
  // what counts
  Counter,
  Gauge, // what goes up and down
  register,
} from 'prom-client';

const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });
const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });

requests.labels('GET', '200',).inc(1,);
requests.labels(
  'GET',
  // of the answer
  '200',
).inc(
  2,
);
requests
  // by method and status
  .labels('GET', '404')
  // once
  .inc();
requests.labels(/* a */ 'GET' /* b */, /* c */ '500' /* d */) /* e */ . /* f */ inc /* g */ (/* h */ 2 /* i */) /* j */;
depth.labels('mail').set((1, 2));
console.log(register);
