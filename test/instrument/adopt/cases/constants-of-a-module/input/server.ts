import { connections, duration, requests } from './metrics.js';

export function answer(method: string, code: number, route: string): void {
  connections.inc();
  const end = duration.startTimer({ method });
  requests.inc({ method, status: '200' });
  requests.labels(method, '404').inc(2);
  requests.labels({ method, status: String(code) }).inc();
  requests
    .labels(
      'GET', // the method
      code.toString(),
    )
    .inc(/* three */ 3);
  end({ route });
  connections.dec(1);
}
