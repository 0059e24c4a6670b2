import { metrics } from './generated/metrics.js';

export function watch(pool: { readonly size: number }): void {
  const connections = metrics.openConnections;
  connections.observe(() => pool.size);
}
