import { metrics } from './generated/metrics.js';

let requests: typeof metrics.httpRequestsTotal | undefined;
let starts: typeof metrics.startsTotal;

export function begin(isWanted: boolean): void {
  if (isWanted)
    requests = metrics.httpRequestsTotal;
  starts = metrics.startsTotal;
}

export function answer(method: string): void {
  requests?.inc({ method, status: '200' });
  requests?.inc({ method, status: '200' });
  if (requests) requests.inc({ method, status: '201' });
  requests && requests.inc({ method, status: '202' });
  requests!.inc({ method, status: '203' });
  starts.inc(1);
}
