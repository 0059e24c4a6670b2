import { metrics } from './generated/metrics.js';

const lookups = metrics.lookupsTotal;

export function find(/** @type {Map<string, string>} */ cache, /** @type {string} */ key) {
  const cached = cache.has(key);
  lookups.inc({ cached: `${cached}` });
  lookups.inc({ cached: `${!cached}` });
}
