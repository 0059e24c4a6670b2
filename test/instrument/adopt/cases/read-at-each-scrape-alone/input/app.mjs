import client from 'prom-client';

export function watch(pool) {
  new client.Gauge({
    name: 'open_connections',
    help: 'Connections that are open.',
    collect: function () {
      this.set(pool.size);
    },
  });
}
