import { connections, duration, requests } from './metrics.js';

export function answer(method: string, code: number, route: string): void {
  connections.inc();
  const end = duration.startTimer({ method });
  requests.inc({ method, status: '200' });
  requests.inc({ method, status: '404' }, 2);
  requests.inc({ method, status: String(code) });
  requests
    .inc(
      { method: 'GET', // the method
      status: code.toString() },
     /* three */ 3);
  end({ route });
  connections.dec(1);
}
