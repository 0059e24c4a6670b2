import {
  // what counts
  Gauge, // what goes up and down
  register,
} from 'prom-client';
import { metrics } from './generated/metrics.js';

const requests = metrics.httpRequestsTotal;
const depth = metrics.queueDepth;

requests.inc({ method: 'GET', status: '200' }, 1,);
requests.inc(
  { method: 'GET',
  // of the answer
  status: '200' },

  2,
);
requests
  // by method and status
  .inc({ method: 'GET', status: '404' }
  // once
  );
requests.inc(/* a */ { method: 'GET' /* b */, /* c */ status: '500' } /* d */, /* e */  /* f */  /* g */ /* h */ 2 /* i */) /* j */;
depth.set({ queue: 'mail' }, (1, 2));
console.log(register);
