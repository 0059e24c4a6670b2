import type { Gauge } from 'prom-client';
import { group, jobs, starts } from './metrics.js';

const watch = ({ open }: { open: Gauge }): void => open.set(3);
watch(group);
starts.inc(1);
jobs.inc({ outcome: 'ok' });
const wrong: number = 'text';
export { wrong };
