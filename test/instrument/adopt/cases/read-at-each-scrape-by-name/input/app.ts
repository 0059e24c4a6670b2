import { Gauge } from 'prom-client';

export function watch(pool: { readonly size: number }): void {
  const connections = new Gauge({
    name: 'open_connections',
    help: 'Connections that are open.',
    collect: () => {
      connections.set(pool.size);
    },
  });
}
