import { Counter } from 'prom-client';

let requests: Counter<'method' | 'status'> | undefined;
let starts: Counter;

export function begin(isWanted: boolean): void {
  if (isWanted)
    requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });
  starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
}

export function answer(method: string): void {
  requests?.labels(method, '200').inc();
  requests?.inc({ method, status: '200' });
  if (requests) requests.inc({ method, status: '201' });
  requests && requests.labels(method, '202').inc();
  requests!.labels(method, '203').inc();
  starts.inc({}, 1);
}
