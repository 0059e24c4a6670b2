// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { dropAccount, overflowAccount } from '../account.js';
import type { Account } from '../account.js';
import { joinRegistry } from '../exposition/registry.js';
import type { MetricSource } from '../exposition/registry.js';
import { shared } from '../shared.js';

function accountMetric(account: Account, name: string, help: string, detailLabel: string): MetricSource {
  return {
    name,
    help,
    type: 'counter',
    samples: () =>
      account
        .tallies()
        .map(({ metric, detail, count }) => ({ labels: { metric, [detailLabel]: detail }, value: count })),
    reset() {
      account.clear();
    },
  };
}

const own = shared('own metrics', () => [
  accountMetric(
    dropAccount,
    'obsgen_dropped_total',
    'Updates of metrics, spans and logs that could not be recorded, by reason.',
    'reason',
  ),
  accountMetric(
    overflowAccount,
    'obsgen_label_overflow_total',
    'Updates whose label value was beyond the cap and went to __other__.',
    'label',
  ),
]);

/** Puts the runtime's account of itself into the registry. */
export function joinOwnMetrics(): void {
  for (const metric of own) joinRegistry(metric);
}
