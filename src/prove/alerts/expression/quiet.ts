import type { Expr } from '../../../promql/ast.js';
import type { Check, Scenario } from '../../scenario.js';
import type { TestSeries } from '../../series.js';
import { unmet, type Timeline } from '../../simulate.js';
import { firing, silent } from '../subject.js';
import { pending } from './beyond.js';
import { seriesOfInput, type Phase, type Settings } from './knobs.js';
import { twinOf } from './inputs.js';
import { phasesOf, type Edge, type Laboratory } from './search.js';
import { outermostSet, sideCases, type SideCase } from './sides.js';
import { groupOf, healthyAt, played, scenario, staged, type Stage } from './stage.js';

/** Series at some settings for as long as an alert needs at most to fire, and some more; before, as the limit was found. */
function lasting({ pace }: Stage, { course }: Edge, settings: Settings): readonly Phase[] {
  const samples = course.history === undefined ? 2 * pace.settled + pace.pending + 3 : course.samples;
  return phasesOf({ ...course, samples }, settings, pace);
}

function samplesIn(phases: readonly Phase[]): number {
  return phases.reduce((sum, { samples }) => sum + samples, 0);
}

interface Still {
  readonly series: readonly TestSeries[];
  readonly samples: number;
  readonly timeline: Timeline;
  /** Whether the alert ever fires. */
  readonly fires: boolean;
}

function still(stage: Stage, edge: Edge, settings: Settings): Still {
  const phases = lasting(stage, edge, settings);
  const samples = samplesIn(phases);
  const series = staged(stage, phases, healthyAt(edge));
  const timeline = played(stage, series, samples - 1);
  return {
    series,
    samples,
    timeline,
    fires: timeline.failure !== undefined || timeline.fires(stage.rule.alert).length > 0,
  };
}

function quietChecks({ rule, pace }: Stage, samples: number): readonly Check[] {
  const last = samples - 1;
  return [...new Set([Math.min(last, pace.settled), Math.floor(last / 2), last])].map((step) =>
    silent(rule, step * pace.interval),
  );
}

/** Scenarios in which nothing may happen; those in which something would are left out. */
function quiet(
  stage: Stage,
  name: string,
  series: readonly TestSeries[],
  samples: number,
  timeline = played(stage, series, samples - 1),
): readonly Scenario[] {
  if (timeline.failure !== undefined || timeline.fires(stage.rule.alert).length > 0) return [];
  return [scenario(stage, name, series, quietChecks(stage, samples))];
}

/** Just within the limit, and on it. */
export function withinLimit(stage: Stage, edge: Edge): readonly Scenario[] {
  const { series, samples, timeline } = still(stage, edge, edge.justSilent);
  const name = edge.justSilent === edge.silent ? 'silent while all is well' : 'silent just within its limit';
  const within = quiet(stage, name, series, samples, timeline);
  if (edge.limit === undefined) return within;
  const on = still(stage, edge, edge.limit);
  const last = (on.samples - 1) * stage.pace.interval;
  const made = on.fires
    ? scenario(stage, 'fires exactly on its limit', on.series, [firing(stage.rule, last, groupOf(stage))])
    : scenario(stage, 'silent exactly on its limit', on.series, quietChecks(stage, on.samples));
  // Rounding may put it on the one side at one time and on the other at another.
  const holds = unmet(on.timeline, made.checks).length === 0;
  return holds ? [...within, made] : within;
}

/** Every value that a matcher lets pass, alone. */
export function everyValue(stage: Stage, edge: Edge): readonly Scenario[] {
  if (stage.pace.settled > longest) return [];
  return stage.inputs.flatMap((input, index) =>
    input.equals.flatMap((labels): readonly Scenario[] => {
      const changed = { ...stage, inputs: stage.inputs.with(index, { ...input, labels }), varied: new Map() };
      const { series, samples, timeline } = still(changed, edge, edge.justFiring);
      const last = (samples - 1) * stage.pace.interval;
      const checks = [firing(stage.rule, last)];
      if (unmet(timeline, checks).length > 0) return [];
      const differing = [...labels].filter(([label, value]) => input.labels.get(label) !== value);
      const named = differing.map(([label, value]) => `${label}="${value}"`).join(' and ');
      return [scenario(stage, `fires for ${named}`, series, checks)];
    }),
  );
}

/** A second series of the same group beside each input: how values are joined decides, not one of them alone. */
export function company(stage: Stage, edge: Edge): readonly Scenario[] {
  if (edge.justSilent === edge.silent && stage.pace.settled > longest) return [];
  const companions = stage.inputs.flatMap((input, index) => {
    const free = [...input.alternatives].filter(([label]) => !stage.varied.has(label));
    return free.length === 0 ? [] : [{ input: twinOf(input, new Map(free)), index }];
  });
  if (companions.length === 0) return [];
  const made = (name: string, settings: Settings, beside: Settings): readonly Scenario[] => {
    const phases = lasting(stage, edge, settings);
    const samples = samplesIn(phases);
    const series = [
      ...staged(stage, phases, healthyAt(edge)),
      ...companions.flatMap(({ input, index }) =>
        seriesOfInput(input, index, stage.knobs, lasting(stage, edge, beside)),
      ),
    ];
    const timeline = played(stage, series, samples - 1);
    const last = (samples - 1) * stage.pace.interval;
    const fires = timeline.fires(stage.rule.alert).length > 0;
    const checks = fires ? [firing(stage.rule, last, groupOf(stage))] : quietChecks(stage, samples);
    // Where they do not become one result, or what they did has ended, nothing is said.
    if (unmet(timeline, checks).length > 0) return [];
    return [scenario(stage, `${fires ? 'fires' : 'silent'} ${name}`, series, checks)];
  };
  return [
    ...made('where one of two series is beyond the limit', edge.justFiring, edge.silent),
    ...made('where two series are within the limit', edge.justSilent, edge.justSilent),
    ...(edge.justFiring === edge.firing
      ? []
      : made('where two series are beyond the limit', edge.justFiring, edge.justFiring)),
  ];
}

/** How often a flapping series goes beyond the limit; where it takes days to settle, fewer times. */
function cycles({ settled }: Stage['pace']): number {
  return settled > 500 ? 1 : 3;
}

/** Beyond the limit again and again, never for as long as `for` asks. */
export function flapping(stage: Stage, edge: Edge): readonly Scenario[] {
  const { pace, rule } = stage;
  for (let on = pace.pending; on > 0; on -= 1) {
    const off = pace.settled + 1;
    const phases: Phase[] = Array.from({ length: cycles(pace) }, () => [
      { samples: off, settings: healthyAt(edge) },
      { samples: on, settings: edge.justFiring },
    ]).flat();
    const series = staged(stage, phases, healthyAt(edge));
    const samples = samplesIn(phases);
    const timeline = played(stage, series, samples - 1);
    if (timeline.failure !== undefined || timeline.fires(rule.alert).length > 0) continue;
    const waiting = waitingAt(stage, timeline, samples);
    if (waiting === undefined) return [];
    const checks = [...quietChecks(stage, samples), pending(stage, waiting)];
    return [scenario(stage, 'silent where it never lasts as long as `for`', series, checks)];
  }
  return [];
}

/** The last evaluation at which the condition holds, in seconds. */
function waitingAt({ rule, pace }: Stage, timeline: Timeline, samples: number): number | undefined {
  for (let step = samples - 1; step >= 0; step -= 1) {
    const value = timeline.query(rule.expr, step * pace.interval);
    if (value.kind === 'vector' && value.samples.length > 0) return step * pace.interval;
  }
  return undefined;
}

/** Each side of the outermost and, or, unless alone; what could not be arranged is told. */
export function sides(
  stage: Stage,
  laboratory: Laboratory,
  edge: Edge,
): { readonly scenarios: readonly Scenario[]; readonly missing: readonly string[] } {
  const set = outermostSet(stage.rule.expr);
  const scenarios: Scenario[] = [];
  const missing: string[] = [];
  if (set === undefined) return { scenarios, missing };
  const conditions: readonly Expr[] = [set.left, set.right];
  for (const sideCase of sideCases(set)) {
    const made = sideScenario(stage, laboratory, edge, conditions, sideCase);
    if (made === undefined) missing.push(`no series were found for: ${sideCase.name}`);
    else scenarios.push(made);
  }
  return { scenarios, missing };
}

/** Arrangements that are looked at until one does what it should from beginning to end. */
const mostArrangements = 12;

function sideScenario(
  stage: Stage,
  laboratory: Laboratory,
  edge: Edge,
  conditions: readonly Expr[],
  { name, left, right, fires }: SideCase,
): Scenario | undefined {
  let tried = 0;
  for (const { settings, course } of laboratory.find(conditions, [left, right], edge)) {
    const found = still(stage, { ...edge, course }, settings);
    const last = (found.samples - 1) * stage.pace.interval;
    const checks = fires ? [firing(stage.rule, last, groupOf(stage))] : quietChecks(stage, found.samples);
    const made = scenario(stage, name, found.series, checks);
    if (found.fires === fires && unmet(found.timeline, checks).length === 0) return made;
    tried += 1;
    if (tried >= mostArrangements) return undefined;
  }
  return undefined;
}

/** Most excluded series of one test: those of labels with many values are alike. */
const mostExcluded = 12;

/** Series that the matchers leave out, as bad as they can be. */
export function excludedValues(stage: Stage, edge: Edge): readonly Scenario[] {
  const phases = lasting(stage, edge, edge.firing);
  const samples = samplesIn(phases);
  const strangers = stage.excluded.slice(0, mostExcluded).flatMap((input) => {
    const index = stage.inputs.findIndex(({ metric }) => metric === input.metric);
    return index < 0 ? [] : seriesOfInput(input, index, stage.knobs, phases);
  });
  if (strangers.length === 0) return [];
  const healthy = healthyAt(edge);
  const series = [...staged(stage, [{ samples, settings: healthy }], healthy), ...strangers];
  return quiet(stage, 'silent whatever the series do that its matchers leave out', series, samples);
}

/** Where it takes more steps than this to settle, the scenarios that show least are left out. */
const longest = 1_000;

/** Counters that start anew. */
export function resets(stage: Stage, edge: Edge): readonly Scenario[] {
  if (stage.pace.settled > longest) return [];
  if (!stage.inputs.some(({ kind }) => kind !== 'gauge')) return [];
  const [settings, healthy] = [edge.course.history ?? edge.justSilent, healthyAt(edge)];
  const before = stage.pace.settled;
  const samples = before + Math.min(before, 100) + stage.pace.pending + 3;
  const first = staged(stage, [{ samples: before, settings }], healthy);
  const again = staged(stage, [{ samples: samples - before, settings }], healthy);
  const series = first.map((each, index) => ({
    ...each,
    segments: [...each.segments, ...(again[index]?.segments ?? [])],
  }));
  return quiet(stage, 'silent when counters start anew', series, samples);
}

/** Nothing happens, and nothing is there. */
export function idle(stage: Stage, edge: Edge): readonly Scenario[] {
  const resting = stage.knobs.map(({ kind, input }, index) => {
    const isFlow = stage.inputs[input]?.kind !== 'gauge' && (kind === 'level' || kind === 'count');
    return isFlow ? 0 : (healthyAt(edge)[index] ?? 0);
  });
  const samples = stage.pace.settled + stage.pace.pending + 3;
  const counts = stage.inputs.some(({ kind }) => kind !== 'gauge');
  const series = staged(stage, [{ samples, settings: resting }], resting);
  return [
    ...(counts && stage.pace.settled <= longest
      ? quiet(stage, 'silent while nothing happens', series, samples)
      : []),
    ...quiet(stage, 'silent where nothing is exposed', [], samples),
  ];
}
