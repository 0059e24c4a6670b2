import { Counter, register } from '@prometheus-io/client';

export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export { register };
