import { aggregate, matcher, number, selector, binary } from '../../../promql/build.js';
import { printDuration } from '../../../promql/duration.js';
import type { Check, Scenario } from '../../scenario.js';
import { TemplateError } from '../../template/error.js';
import { firing, silent } from '../subject.js';
import { lookback } from './pace.js';
import type { Edge } from './search.js';
import { groupOf, healthyAt, played, scenario, staged, type Stage } from './stage.js';
import type { Phase } from './knobs.js';
import type { Timeline, Fire } from '../../simulate.js';

/** That an alert waits, at a time in seconds. */
export function pending({ rule }: Stage, at: number): Check {
  const waiting = selector('ALERTS', [
    matcher('alertname', '=', rule.alert),
    matcher('alertstate', '=', 'pending'),
  ]);
  const expr = binary('>', aggregate('count', waiting), number(0));
  return { kind: 'query', expr, at, results: [{ labels: new Map(), value: 1 }] };
}

/** The stretches of a scenario that goes beyond the limit and back. */
function stretches({ pace }: Stage, edge: Edge): readonly [Phase, Phase, Phase] {
  const unseen = Math.ceil(lookback / pace.interval);
  const { history, samples } = edge.course;
  const [during, after] =
    history === undefined
      ? [pace.settled + pace.pending + unseen + 3, pace.settled + pace.kept + unseen + 3]
      : [samples, samples + pace.kept + unseen + 3];
  return [
    { samples: pace.settled, settings: healthyAt(edge) },
    { samples: during, settings: edge.justFiring },
    { samples: after, settings: healthyAt(edge) },
  ];
}

/** What the alert did when the limit was passed. */
export interface Beyond {
  readonly scenario: Scenario;
  readonly fire: Fire;
  /** Why labels and annotations are not compared. */
  readonly unread: string | undefined;
}

/** Labels and annotations as Alertmanager gets them. */
export function identity({ rule }: Stage, timeline: Timeline, at: number): Check | string {
  try {
    const alerts = timeline.instances(rule.alert, at).map((each) => ({
      labels: new Map([...each.labels].filter(([label]) => label !== 'alertname')),
      annotations: each.annotations(),
    }));
    return { kind: 'identity', alert: rule.alert, at, alerts };
  } catch (error) {
    if (error instanceof TemplateError)
      return `its labels and annotations are not compared: ${error.message}`;
    throw error;
  }
}

/** Just beyond the limit: pending, firing at the predicted evaluation for whom it concerns, and silent again after. */
export function beyondLimit(stage: Stage, edge: Edge): Beyond | undefined {
  const { rule, pace } = stage;
  const phases = stretches(stage, edge);
  const [before, during, after] = phases.map(({ samples }) => samples) as [number, number, number];
  const series = staged(stage, phases, healthyAt(edge));
  const timeline = played(stage, series, before + during + after - 1);
  const fires = timeline.fires(rule.alert);
  const [fire] = fires;
  const step = pace.interval;
  if (timeline.failure !== undefined || fire === undefined || fires.length > 1) return undefined;
  if (fire.from < before * step || fire.from >= (before + during) * step) return undefined;
  const waits = rule.for === undefined ? 0 : pace.pending;
  const read = identity(stage, timeline, fire.from);
  const group = groupOf(stage);
  const checks: Check[] = [
    silent(rule, (before - 1) * step),
    silent(rule, fire.from - step),
    ...(waits > 0 ? [pending(stage, fire.from - waits * step), pending(stage, fire.from - step)] : []),
    firing(rule, fire.from, group),
    ...(typeof read === 'string' ? [] : [read]),
    ...(fire.until === undefined
      ? [firing(rule, (before + during) * step, group)]
      : [firing(rule, fire.until - step, group), silent(rule, fire.until)]),
  ];
  const time = (seconds: number): string => printDuration(seconds);
  const because = [
    `From ${time(before * step)} on the series are beyond the limit, and the condition holds from ${time(fire.from - waits * step)} on`,
    waits === 0
      ? ', when the alert fires.'
      : `; ${time(waits * step)} later, at ${time(fire.from)}, the alert fires.`,
    fire.until === undefined ? '' : ` It ends at ${time(fire.until)}.`,
  ].join('');
  const name =
    edge.justFiring === edge.firing
      ? 'fires, and ends when it is over'
      : 'fires just beyond its limit, and ends when it is over';
  return {
    scenario: scenario(stage, name, series, checks, because),
    fire,
    unread: typeof read === 'string' ? read : undefined,
  };
}
