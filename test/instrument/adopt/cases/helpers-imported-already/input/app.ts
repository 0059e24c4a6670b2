import { Counter } from 'prom-client';
import { metrics as telemetry } from './generated/index.js';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
starts.inc();
telemetry.openConnections.inc();
