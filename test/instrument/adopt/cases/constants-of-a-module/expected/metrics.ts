import { register } from 'prom-client';
import { metrics } from './generated/metrics.js';

// Requests of everybody.
export const requests = metrics.httpRequestsTotal;

export const duration = metrics.httpRequestDurationSeconds;

export const connections = metrics.openConnections; // gauge

export const page = (): Promise<string> => register.metrics();
