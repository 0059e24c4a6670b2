import type { RatioCondition } from '../../model/model.js';
import { aggregate } from '../../promql/build.js';
import type { Expr } from '../../promql/ast.js';
import { leastDeviatingEvents, ratio } from '../../alerts/conditions.js';
import type { Check, Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { paceFor, steps } from './pace.js';
import { alertCourse, type Course } from './predicted.js';
import {
  groupsOf,
  termsOf,
  traffic,
  universe,
  type Choice,
  type Sides,
  type Traffic,
  type Universe,
} from './ratio-series.js';
import { firing, own, silent, type AlertSubject } from './subject.js';

/** The part of the window that an incident lasts before the share of the window is beyond the limit. */
export const crossing = 0.59;

/** An incident brings more events than usual, so that the whole is measured over a window too. */
export const rush = 3;

/** Shares before and in an incident. */
interface Incident {
  readonly healthy: number;
  readonly bad: number;
}

/** What all scenarios of a ratio share. */
export interface RatioPlan {
  readonly subject: AlertSubject<RatioCondition>;
  readonly sides: Sides;
  readonly limit: number;
  /** Whether what fires lies above the limit. */
  readonly isAbove: boolean;
  readonly pace: number;
  /** Intervals of the window, of `for` and of keep_firing_for. */
  readonly window: number;
  readonly pending: number;
  readonly kept: number;
  /** Events of the whole in an interval, many times what any number asked for. */
  readonly events: number;
  readonly hit: Universe;
  readonly other: Universe | undefined;
}

/** A share on the side of the limit that fires, `by` of the way from the limit to the end. */
export function beyond({ limit, isAbove }: RatioPlan, by: number): number {
  return isAbove ? limit + (1 - limit) * by : limit * (1 - by);
}

export function within({ limit, isAbove }: RatioPlan, by: number): number {
  return isAbove ? limit * (1 - by) : limit + (1 - limit) * by;
}

/** A share as near to the limit as a test can tell, on the side that fires or on the other. */
export function nearly(plan: RatioPlan, side: 'beyond' | 'within'): number {
  const room = plan.isAbove === (side === 'beyond') ? 1 - plan.limit : plan.limit;
  const distance = Math.min(0.02 * plan.limit || 0.02, room / 2);
  return plan.isAbove === (side === 'beyond') ? plan.limit + distance : plan.limit - distance;
}

/** Shares of an incident that take the window's share beyond the limit between two evaluations. */
export function incident(plan: RatioPlan): Incident {
  const { limit, isAbove, window } = plan;
  const mirrored = isAbove ? limit : 1 - limit;
  const after = (Math.floor(crossing * window) + 0.9) * rush;
  const before = window - after / rush;
  const worst = Math.min((1 + mirrored) / 2, mirrored === 0 ? 0.5 : mirrored * (1 + before / after));
  const usual = Math.max(0, (mirrored * (before + after) - worst * after) / before);
  const share = (value: number): number => (isAbove ? value : 1 - value);
  return { healthy: share(usual), bad: share(worst) };
}

/** A share so near to its limit, as a part of it, is predicted on both sides: counters of a test grow in steps of few digits. */
const nearness = 1e-4;

/**
 * Whether the share of the window is beyond the limit, evaluation by evaluation.
 * @param isClosed whether the far edge belongs to a window
 * @param margin by which share and events have to be clear of what they are compared with, as a part of that
 */
function shareCourse(plan: RatioPlan, phases: readonly Traffic[], isClosed: boolean, margin: number): Course {
  const { limit, isAbove, window, subject } = plan;
  const least = subject.condition.minEvents ?? leastDeviatingEvents(subject.condition);
  const each = phases.flatMap(({ intervals, events, share }) =>
    Array.from({ length: intervals }, () => ({ events, part: events * share })),
  );
  return Array.from({ length: each.length + 1 }, (_, at) => {
    const gains = each.slice(Math.max(0, at - window + (isClosed ? 0 : 1)), at);
    const sum = (of: (gain: { readonly events: number; readonly part: number }) => number): number =>
      gains.reduce((total, gain) => total + of(gain), 0);
    const [whole, part] = [sum(({ events }) => events), sum((gain) => gain.part)];
    if (whole === 0) return false;
    // A window that is not full has its events all the same; one without its far edge is stretched to its length.
    const stretched = at >= window && !isClosed ? window / (window - 1) : 1;
    const counted = subject.condition.minEvents !== undefined ? whole : isAbove ? part : whole - part;
    if (counted * stretched < least * (1 + margin)) return false;
    return isAbove ? part / whole > limit * (1 + margin) : part / whole < limit * (1 - margin);
  });
}

export function coursesOf(plan: RatioPlan, phases: readonly Traffic[]): readonly Course[] {
  return [true, false].flatMap((isClosed) =>
    [nearness, -nearness].map((margin) =>
      alertCourse(shareCourse(plan, phases, isClosed, margin), plan.pending, plan.kept),
    ),
  );
}

export function scenario(
  plan: RatioPlan,
  name: string,
  series: readonly TestSeries[],
  checks: readonly (Check | undefined)[],
  because?: string,
): Scenario {
  return {
    name: `${plan.subject.rule.alert}: ${name}`,
    because,
    interval: plan.pace,
    evaluationInterval: plan.pace,
    series,
    checks: checks.filter((check) => check !== undefined),
  };
}

/** Counters of the group in question, and of another one that stays well within the limit. */
export function load(
  plan: RatioPlan,
  phases: readonly Traffic[],
  choice?: Choice,
): readonly TestSeries[] | undefined {
  const made = traffic(plan.hit, phases, choice);
  if (made === undefined || plan.other === undefined) return made;
  const intervals = phases.reduce((sum, phase) => sum + phase.intervals, 0);
  const calm = traffic(plan.other, [{ intervals, events: plan.events, share: within(plan, 0.5) }]);
  return calm === undefined ? undefined : [...made, ...calm];
}

/** At a time in intervals. */
export function fires(plan: RatioPlan, at: number): Check {
  return firing(plan.subject.rule, at * plan.pace, plan.hit.group);
}

export function stays(plan: RatioPlan, at: number): Check {
  return silent(plan.subject.rule, at * plan.pace);
}

/** The share that the rule compares, without what it asks of the number of events. */
function ungated({ subject: { model, condition } }: RatioPlan): Expr {
  return own(model, ratio({ ...condition, minEvents: 0 }));
}

/** The condition itself holds, so that silence is owed to the number of events alone. */
export function holdsUngated(plan: RatioPlan, at: number): Check {
  return {
    kind: 'query',
    expr: aggregate('count', ungated(plan)),
    at: at * plan.pace,
    results: [{ labels: new Map(), value: 1 }],
  };
}

/** Long enough for the window to be full of it and for the alert to fire. */
export function long({ window, pending }: RatioPlan): number {
  return window + pending + 3;
}

export function ratioPlan(subject: AlertSubject<RatioCondition>): RatioPlan | string {
  const { model, condition, rule } = subject;
  const { part, whole, over, above, below } = condition;
  if (part.expr === undefined || whole.expr === undefined) return 'its query has a fault';
  const [ofPart, ofWhole] = [termsOf(own(model, part.expr)), termsOf(own(model, whole.expr))];
  if (ofPart === undefined || ofWhole === undefined)
    return 'part or whole is no sum of counters, so that no series can be made up for a share';
  const sides = { part: ofPart, whole: ofWhole };
  const groups = groupsOf(condition, sides);
  if (groups === undefined) return 'no value of a label that it is grouped by meets its selectors';
  const limit = above ?? below ?? 0;
  const pace = paceFor(over.seconds, 10, [rule.for, rule.keepFiringFor]);
  const window = steps(over.seconds, pace);
  const [hitGroup, otherGroup] = groups;
  const hit = universe(model, sides, hitGroup);
  if (hit.part.length === 0) return 'no series meets the selector of the part';
  const rare = Math.max(1e-9, Math.min(limit, 1 - limit));
  const asked = condition.minEvents ?? leastDeviatingEvents(condition) / rare;
  const events = 10 ** Math.ceil(Math.log10(Math.max(1000 / rare, (10 * asked) / window)));
  return {
    subject,
    sides,
    limit,
    isAbove: above !== undefined,
    pace,
    window,
    pending: steps(rule.for, pace),
    kept: steps(rule.keepFiringFor, pace),
    events,
    hit,
    other: otherGroup === undefined ? undefined : universe(model, sides, otherGroup),
  };
}
