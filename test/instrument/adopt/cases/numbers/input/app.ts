import { Counter, Gauge } from 'prom-client';

enum Mail {
  First = 1,
  Second = 2,
}
const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });
const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });

export function answer(method: string, status: number, big: bigint, both: string | number, kind: Mail): void {
  requests.inc({ method, status });
  requests.inc({ method, status: 200 });
  requests.inc({ method, status: status + 1 }, 2);
  requests.inc({ method, status: both });
  requests.labels({ method: method.toLowerCase(), status: 0x10 }).inc();
  depth.labels(String(status)).set(1);
  depth.set({ queue: big as never as number }, 1);
  depth.set({ queue: kind }, 1);
}
