import { Counter } from 'prom-client';

export default new Counter({ name: 'starts_total', help: 'Starts of the service.' });
