// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { dropAccount, lossAccount, overflowAccount } from './account.js';
import type { Tally } from './account.js';
import { aggregationStats } from './aggregate/start.js';
import type { AggregationStats } from './aggregate/start.js';
import { clashingNames } from './exposition/registry.js';
import { labelTables } from './metrics/label.js';
import { operatorNotes } from './metrics/operator.js';
import { currentNotes } from './notes.js';
import type { Outlet } from './sdk/export-queue.js';
import type { TracingState } from './sdk/start.js';
import { currentSettings } from './settings/settings.js';
import type { Settings } from './settings/settings.js';
import { openSpans } from './traces/open-spans.js';

/** What the runtime knows of itself. */
export interface TelemetryStats {
  readonly labels: readonly {
    readonly label: string;
    readonly kind: 'closed' | 'registered' | 'open';
    readonly cap: number;
    /** Values admitted so far. */
    readonly values: number;
    /** Whether all values are known: false for a registered label before `register()`. */
    readonly settled: boolean;
    /** Registered names beyond the cap. */
    readonly refused: number;
  }[];
  readonly overflow: readonly { readonly metric: string; readonly label: string; readonly count: number }[];
  readonly dropped: readonly { readonly metric: string; readonly reason: string; readonly count: number }[];
  /** Spans, log lines and reports that were told and did not arrive. */
  readonly lost: readonly LossTally[];
  readonly tracing: {
    /** Undefined before the start. */
    readonly state: TracingState | undefined;
    /** The share of traces that is kept now; undefined where the runtime does not decide. */
    readonly sampling: number | undefined;
    /** Spans of streams, promises and `start()` that have not ended yet. */
    readonly open: number;
    /** What waits for export or was exported, by exporter. */
    readonly queues: readonly {
      readonly signal: 'spans' | 'logs';
      readonly exported: number;
      readonly lost: number;
      readonly pending: number;
    }[];
  };
  /** The settings in force. */
  readonly settings: Settings;
  /** What each component tells of itself, by name. */
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Metrics that the registry does not show, because it holds another of that name. */
  readonly clashes: readonly string[];
  /** What is not as the operator asked for, and what to do. */
  readonly notes: readonly string[];
  /** The other processes and threads of the service. */
  readonly members: AggregationStats;
}

/** What of a signal was lost for one reason. */
export interface LossTally {
  readonly signal: string;
  readonly reason: string;
  readonly count: number;
}

/** What only the running telemetry knows. */
export interface RunningParts {
  readonly state: TracingState | undefined;
  readonly sampling: number | undefined;
  readonly outlets: readonly Outlet<never>[];
  readonly components: TelemetryStats['components'];
}

/** Gathers what the runtime knows of itself. */
export function telemetryStats({ state, sampling, outlets, components }: RunningParts): TelemetryStats {
  return {
    labels: Array.from(labelTables, (table) => ({
      label: table.key,
      kind: table.kind,
      cap: table.cap,
      values: table.size,
      settled: table.isSettled,
      refused: table.refusals,
    })),
    overflow: overflowAccount
      .tallies()
      .map(({ metric, detail, count }) => ({ metric, label: detail, count })),
    dropped: dropAccount.tallies().map(({ metric, detail, count }) => ({ metric, reason: detail, count })),
    lost: lossAccount.tallies().map(lossTally),
    tracing: {
      state,
      sampling,
      open: openSpans(),
      queues: outlets.map(({ signal, exported, lost, pending }) => ({ signal, exported, lost, pending })),
    },
    settings: currentSettings(),
    components,
    clashes: clashingNames(),
    notes: [...operatorNotes(), ...currentNotes()],
    members: aggregationStats(),
  };
}

/** What was lost since then. */
export function lostSince(before: readonly Tally[]): readonly LossTally[] {
  const known = new Map(before.map(({ metric, detail, count }) => [`${metric} ${detail}`, count]));
  return lossAccount
    .tallies()
    .map((tally) => ({ ...tally, count: tally.count - (known.get(`${tally.metric} ${tally.detail}`) ?? 0) }))
    .filter(({ count }) => count > 0)
    .map(lossTally);
}

function lossTally({ metric, detail, count }: Tally): LossTally {
  return { signal: metric, reason: detail, count };
}
