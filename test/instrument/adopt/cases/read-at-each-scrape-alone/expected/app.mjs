import { metrics } from './generated/metrics.js';

export function watch(pool) {
  metrics.openConnections.observe(() => pool.size);
}
