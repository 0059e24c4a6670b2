import type { AlertingRule, RuleGroup } from '../../../promql/rule.js';
import type { Check, Scenario } from '../../scenario.js';
import type { TestSeries } from '../../series.js';
import type { Labels as LabelSets } from '../../../promql/evaluate/labels.js';
import { simulate, type Timeline } from '../../simulate.js';
import { twinOf, type Input } from './inputs.js';
import type { Edge } from './search.js';
import { seriesOfInput, type Knob, type Phase, type Settings } from './knobs.js';
import type { Pace } from './pace.js';
import type { Labels } from '../rows.js';

/** Where the scenarios of one alert play. */
export interface Stage {
  readonly rule: AlertingRule;
  readonly groups: readonly RuleGroup[];
  readonly inputs: readonly Input[];
  readonly excluded: readonly Input[];
  readonly knobs: readonly Knob[];
  readonly pace: Pace;
  /** Labels that results are grouped by, with the values of a second group; empty where there is one group. */
  readonly varied: Labels;
  /** The sets of labels that all runs of this alert's rules share. */
  readonly labelSets: LabelSets;
}

/** The labels that tell the group that fires from the other. */
export function groupOf({ inputs, varied }: Stage): Labels {
  const value = (label: string): string =>
    inputs.find(({ labels }) => labels.has(label))?.labels.get(label) ?? '';
  return new Map([...varied.keys()].map((label) => [label, value(label)]));
}

/** Every input through phases, and beside each that has the labels of a second group, one that is healthy all the time. */
export function staged(stage: Stage, phases: readonly Phase[], healthy: Settings): readonly TestSeries[] {
  const samples = phases.reduce((sum, phase) => sum + phase.samples, 0);
  return stage.inputs.flatMap((input, index) => {
    const twin = twinOf(input, stage.varied);
    const hasTwin = [...twin.labels].some(([label, value]) => input.labels.get(label) !== value);
    return [
      ...seriesOfInput(input, index, stage.knobs, phases),
      ...(hasTwin ? seriesOfInput(twin, index, stage.knobs, [{ samples, settings: healthy }]) : []),
    ];
  });
}

/** Where a scenario begins: how the series were before, or how they are while all is well. */
export function healthyAt({ course, silent }: Edge): Settings {
  return course.history ?? silent;
}

/** The rules over series, up to an evaluation. */
export function played(
  { groups, pace, labelSets }: Stage,
  series: readonly TestSeries[],
  steps: number,
): Timeline {
  const run = { interval: pace.interval, evaluationInterval: pace.interval, series };
  return simulate(groups, run, steps * pace.interval, labelSets);
}

export function scenario(
  { rule, pace }: Stage,
  name: string,
  series: readonly TestSeries[],
  checks: readonly Check[],
  because?: string,
): Scenario {
  return {
    name: `${rule.alert}: ${name}`,
    because,
    interval: pace.interval,
    evaluationInterval: pace.interval,
    series,
    checks: checks.toSorted((a, b) => a.at - b.at),
  };
}
