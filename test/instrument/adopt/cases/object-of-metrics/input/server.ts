import { telemetry } from './metrics.js';

const { http } = telemetry;
const { requests: counted } = telemetry.http;

export function answer(method: string): void {
  telemetry.http.requests.labels(method, '200').inc();
  http.requests.labels(method, '201').inc();
  counted.labels(method, '202').inc();
  telemetry['queue-depth'].labels('mail').set(2);
}
