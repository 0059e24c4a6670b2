import { shared } from './shared.js';

/** Why an update was not recorded. */
export type DropReason =
  'invalid_value' | 'internal_error' | 'missing_label' | 'undeclared_value' | 'wrong_type';

/** What a service tells beside its metrics. */
export type Signal = 'spans' | 'logs' | 'errors' | 'security_events' | 'audit_records';

/** Why something that was told did not arrive. */
export type LossReason =
  | 'queue_full'
  | 'export_failed'
  | 'write_failed'
  | 'deadline'
  | 'too_deep'
  | 'too_many'
  | 'abandoned'
  | 'rate_limited';

/** One line of an account. */
export interface Tally {
  readonly metric: string;
  /** The reason or the label. */
  readonly detail: string;
  readonly count: number;
}

/** Counts by metric and one more word. Bounded, because both come from the spec and never from the program. */
export interface Account {
  add(metric: string, detail: string, count?: number): void;
  tallies(): readonly Tally[];
  clear(): void;
}

function createAccount(): Account {
  const counts = new Map<string, Map<string, number>>();
  return {
    add(metric, detail, count = 1) {
      let details = counts.get(metric);
      if (details === undefined) counts.set(metric, (details = new Map<string, number>()));
      details.set(detail, (details.get(detail) ?? 0) + count);
    },
    tallies: () =>
      [...counts].flatMap(([metric, details]) =>
        [...details].map(([detail, count]) => ({ metric, detail, count })),
      ),
    clear() {
      counts.clear();
    },
  };
}

const drops = shared('account drops', createAccount);
const overflows = shared('account overflows', createAccount);
const losses = shared('account losses', createAccount);

/** Updates that were not recorded, by metric and reason. */
export const dropAccount: Account = drops;

/** Updates that went to `__other__`, by metric and label. */
export const overflowAccount: Account = overflows;

/** Notes an update of a metric (or of a span's attribute) that could not be recorded. */
export function countDrop(metric: string, reason: DropReason): void {
  drops.add(metric, reason);
}

/** Spans, lines and reports that did not arrive, by signal and reason. */
export const lossAccount: Account = losses;

/** Notes that so many of a signal were given up. */
export function countLost(signal: Signal, reason: LossReason, count = 1): void {
  losses.add(signal, reason, count);
}
