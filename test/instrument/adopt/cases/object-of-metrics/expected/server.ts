import { telemetry } from './metrics.js';

const { http } = telemetry;
const { requests: counted } = telemetry.http;

export function answer(method: string): void {
  telemetry.http.requests.inc({ method, status: '200' });
  http.requests.inc({ method, status: '201' });
  counted.inc({ method, status: '202' });
  telemetry['queue-depth'].set({ queue: 'mail' }, 2);
}
