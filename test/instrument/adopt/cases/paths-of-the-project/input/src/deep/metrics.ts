import { Counter } from 'prom-client';
import { limit } from '@/limits';

export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
starts.inc({}, limit);
