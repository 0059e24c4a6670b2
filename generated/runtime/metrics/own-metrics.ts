// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { dropAccount, lossAccount, overflowAccount } from '../account.js';
import type { Account } from '../account.js';
import { joinRegistry } from '../exposition/registry.js';
import { shared } from '../shared.js';
import { LabelTable } from './label-table.js';
import { updated } from './family.js';
import { MetricStore } from './store.js';

/** More metrics than a spec has. */
const maxMetrics = 100_000;

/** A counter that shows an account. */
function accountMetric(
  account: Account,
  name: string,
  help: string,
  subjectLabel: 'metric' | 'signal',
  detailLabel: string,
): MetricStore {
  const table = (key: string): LabelTable => new LabelTable(`${name} ${key}`, key, 'open', maxMetrics, []);
  const store = new MetricStore({
    ...{ name, help, type: 'counter', aggregate: 'sum', bounds: [], exemplars: false, initialised: false },
    labels: [
      [subjectLabel, table(subjectLabel)],
      [detailLabel, table(detailLabel)],
    ],
    expireAfterSeconds: undefined,
    beforeFirst: joinRegistry,
    afterReset: () => {
      account.clear();
    },
  });
  store.beforeReading(() => {
    for (const { metric, detail, count } of account.tallies()) {
      const row = store.locate([metric, detail]);
      if (!store.reserve(row) || store.cells[row] === count) continue;
      store.cells[row] = count;
      store.state[row] = updated;
    }
  });
  return store;
}

const own = shared('own metrics', () => [
  accountMetric(
    dropAccount,
    'obsgen_dropped_total',
    'Updates of metrics, spans and logs that could not be recorded, by reason.',
    'metric',
    'reason',
  ),
  accountMetric(
    overflowAccount,
    'obsgen_label_overflow_total',
    'Updates whose label value was beyond the cap and went to __other__.',
    'metric',
    'label',
  ),
  accountMetric(
    lossAccount,
    'obsgen_signals_lost_total',
    'Spans, log lines, errors and security events that were told and did not arrive, by reason.',
    'signal',
    'reason',
  ),
]);

/** Puts the runtime's account of itself into the registry. */
export function joinOwnMetrics(): void {
  for (const metric of own) joinRegistry(metric);
}
