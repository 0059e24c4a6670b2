import { Gauge } from 'prom-client';

const gauge = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
export default gauge;
