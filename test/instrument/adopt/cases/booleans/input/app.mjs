import { Counter } from 'prom-client';

const lookups = new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] });

export function find(/** @type {Map<string, string>} */ cache, /** @type {string} */ key) {
  const cached = cache.has(key);
  lookups.inc({ cached });
  lookups.inc({ cached: !cached });
}
