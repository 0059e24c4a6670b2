import { metrics } from './generated/metrics.js';

enum Mail {
  First = 1,
  Second = 2,
}
const requests = metrics.httpRequestsTotal;
const depth = metrics.queueDepth;

export function answer(method: string, status: number, big: bigint, both: string | number, kind: Mail): void {
  requests.inc({ method, status: String(status) });
  requests.inc({ method, status: '200' });
  requests.inc({ method, status: String(status + 1) }, 2);
  requests.inc({ method, status: String(both) });
  requests.inc({ method: method.toLowerCase(), status: '16' });
  depth.set({ queue: String(status) }, 1);
  depth.set({ queue: String(big as never as number) }, 1);
  depth.set({ queue: String(kind) }, 1);
}
