import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Model } from '../../model/model.js';
import { worstCaseSeries } from '../../model/series.js';
import { diffAlerts } from './alerts.js';
import { allowed } from './allowances.js';
import { diffBoards } from './boards.js';
import { changeOf, isBreaking, type Change, type Draft } from './change.js';
import { sidesOf, type Sides } from './context.js';
import { diffLabels } from './labels.js';
import { diffLogs } from './logs.js';
import { diffMetrics } from './metrics.js';
import { diffObjectives } from './objectives.js';
import { presetChanges, type PresetChange } from './presets.js';
import { diffSettings } from './settings.js';
import { diffSpans } from './spans.js';
import { compare } from './values.js';

/** What changed between two specs. */
export interface Difference {
  /** In the order of the sections, breaking ones first in each. */
  readonly changes: readonly Change[];
  /** Whether something breaks that the new spec does not accept. */
  readonly breaking: boolean;
  /** Worst-case series of one instance. */
  readonly series: { readonly before: number; readonly after: number };
  /** What is to be said of the acceptances themselves. */
  readonly diagnostics: readonly Diagnostic[];
}

const parts: readonly ((sides: Sides) => Draft[])[] = [
  diffMetrics,
  diffLabels,
  diffSpans,
  diffLogs,
  diffObjectives,
  diffAlerts,
  diffBoards,
  diffSettings,
];

function total({ metrics }: Model): number {
  return [...metrics.values()].reduce((sum, metric) => sum + worstCaseSeries(metric), 0);
}

/** A change with the preset that came or went with it. What only one side of a preset's entry says is no such change. */
function ofPreset(change: Change, presets: ReadonlyMap<string, PresetChange>): Change {
  const preset = presets.get(change.at);
  return preset?.kind === change.kind ? { ...change, preset } : change;
}

/**
 * Compares what two specs declare, field by field. Formatting, comments and the order of keys are no change.
 * @param today an ISO date, which only acceptances depend on
 */
export function diffModels(old: Model, now: Model, today: string): Difference {
  const sides = sidesOf(old, now);
  const presets = presetChanges(old, now);
  const found = parts.flatMap((part) =>
    part(sides)
      .map((draft) => ofPreset(changeOf(draft), presets))
      .sort((a, b) => Number(isBreaking(b)) - Number(isBreaking(a)) || compare(a.at, b.at)),
  );
  const { changes, diagnostics } = allowed(found, now.allowances, today);
  return {
    changes,
    breaking: changes.some(isBreaking),
    series: { before: total(old), after: total(now) },
    diagnostics,
  };
}
