import { Counter } from 'prom-client';

new Counter({ name: 'starts_total', help: 'Starts of the service.' });
