// A label whose every value is new, as somebody who sends nonsense makes them.
import { importHelpers } from './helpers.mjs';
import { flags, measureCalls } from './loop.mjs';
import { retainedBytes } from './memory.mjs';
import { counted, countedByOurs } from './peers.mjs';

const distinct = 1_000_000;
const cap = 100;

export const cases = {
  'attack/ours': {
    flags,
    run: async ({ helpers }) => {
      const { loginsTotal } = (await importHelpers(helpers)).metrics;
      let next = 0;
      return measureCalls({
        run(calls) {
          for (let i = 0; i < calls; i += 1) loginsTotal.inc({ user_agent: newValue(next++) });
        },
        total: () => countedByOurs('logins_total'),
      });
    },
  },
  // Whoever has a cap has to make the string and to look for it.
  'attack/floor': {
    flags,
    run: () => {
      const known = new Map(Array.from({ length: cap }, (_, index) => [newValue(-1 - index), index]));
      let next = 0;
      let found = 0;
      return measureCalls({
        run(calls) {
          for (let i = 0; i < calls; i += 1) if (known.has(newValue(next++))) found += 1;
        },
        total: () => (found === 0 ? undefined : 0),
      });
    },
  },
  'million/ours': async ({ helpers }) => {
    const { metrics, telemetry } = await importHelpers(helpers);
    const { default: client } = await import('prom-client');
    const before = await retainedBytes();
    for (let index = 0; index < distinct; index += 1)
      metrics.loginsTotal.inc({ user_agent: newValue(index) });
    await telemetry.scrape();
    const after = await retainedBytes();
    const metric = client.register.getSingleMetric('logins_total');
    const overflow = telemetry.stats().overflow.find(({ metric: name }) => name === 'logins_total');
    return {
      series: (await metric.get()).values.length,
      lost: Math.abs(distinct - (await counted(metric))),
      overflow: overflow?.count ?? 0,
      mb: (after - before) / 1e6,
    };
  },
};

/** How many of the calls found no room under the cap. */
export const beyondCap = distinct - cap;

/** Short enough that the engine makes it flat: joining is no part of what is measured. */
function newValue(index) {
  return `bot-${index}`;
}
