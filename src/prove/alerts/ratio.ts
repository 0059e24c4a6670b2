import type { RatioCondition } from '../../model/model.js';
import { leastDeviatingEvents } from '../../alerts/conditions.js';
import type { Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { grows, seriesOf } from './counters.js';
import {
  beyond,
  coursesOf,
  crossing,
  fires,
  holdsUngated,
  incident,
  load,
  long,
  nearly,
  ratioPlan,
  rush,
  scenario,
  stays,
  type RatioPlan,
} from './ratio-plan.js';
import { noise, strangers, values } from './ratio-selectors.js';
import { checksOf } from './predicted.js';
import { spreadRest, type Counted } from './ratio-series.js';
import { identity, untested, type AlertSubject, type Proof } from './subject.js';

function steady(plan: RatioPlan): readonly Scenario[] {
  const { events } = plan;
  const intervals = long(plan);
  const made: Scenario[] = [];
  const percent = (share: number): string => `${String(Number((share * 100).toPrecision(6)))}%`;
  const inside = plan.isAbove ? plan.limit > 0 : plan.limit < 1;
  const silentShare = nearly(plan, 'within');
  const series = inside ? load(plan, [{ intervals, events, share: silentShare }]) : undefined;
  if (series !== undefined)
    made.push(
      scenario(plan, `silent at a share of ${percent(silentShare)}, just within the limit`, series, [
        stays(plan, intervals),
      ]),
    );
  const share = nearly(plan, 'beyond');
  const bad = load(plan, [{ intervals, events, share }]);
  if (bad !== undefined)
    made.push(
      scenario(plan, `fires at a share of ${percent(share)}, just beyond the limit`, bad, [
        fires(plan, intervals),
      ]),
    );
  return made;
}

/** Beginning and end of an incident, to the evaluation. */
function turning(plan: RatioPlan): readonly Scenario[] {
  const { window, pending, kept, events, pace, subject } = plan;
  const { healthy, bad } = incident(plan);
  const phases = [
    { intervals: window + 2, events, share: healthy },
    { intervals: window + pending + 3, events: events * rush, share: bad },
    { intervals: window + kept + 4, events, share: healthy },
  ];
  const series = load(plan, phases);
  const courses = coursesOf(plan, phases);
  if (series === undefined || !courses.every((course) => course.includes(true))) return [];
  return [
    scenario(
      plan,
      'fires when the share of the window passes the limit, and ends with it',
      series,
      checksOf(subject.rule, plan.hit.group, courses, pace),
      `The window holds ${window} intervals of ${pace}s. A share that changes from ${healthy.toPrecision(4)} to ${bad.toPrecision(4)} of ${rush} times as many events passes ${plan.limit} in the window ${crossing * 100}% of its length later.`,
    ),
  ];
}

/** Every event is followed by silence: a share holds for as long as its window has events, those of the whole like those of the part. */
function lull(plan: RatioPlan): readonly Scenario[] {
  const { window, pending, kept, events, pace, subject } = plan;
  const share = nearly(plan, 'beyond');
  const phases = [
    { intervals: long(plan), events, share },
    { intervals: window + pending + kept + 3, events: 0, share },
  ];
  const series = load(plan, phases);
  if (series === undefined) return [];
  return [
    scenario(
      plan,
      'fires for as long as the window holds an event',
      series,
      checksOf(subject.rule, plan.hit.group, coursesOf(plan, phases), pace),
    ),
  ];
}

/** Events begin after a silence: as many as are asked for are reached within the window. */
function onset(plan: RatioPlan): readonly Scenario[] {
  const { condition, rule } = plan.subject;
  const { window, pending, pace } = plan;
  const least = condition.minEvents ?? leastDeviatingEvents(condition);
  if (least === 0) return lull(plan);
  // What is not of the part is a difference of two rates: the nearer to the limit, the more the one that is taken away matters.
  const isDifference = condition.minEvents === undefined && !plan.isAbove;
  const share = beyond(plan, isDifference ? 0.1 : 0.5);
  const counted = condition.minEvents !== undefined ? 1 : plan.isAbove ? share : 1 - share;
  const events = least / counted / (Math.floor(crossing * window) + (isDifference ? 0.3 : 0.9));
  const phases = [
    { intervals: 2 * window + 2, events: 0, share },
    { intervals: 2 * window + pending + 3, events, share },
  ];
  const series = load(plan, phases);
  const courses = coursesOf(plan, phases);
  if (series === undefined || !courses.every((course) => course.includes(true))) return [];
  return [
    scenario(
      plan,
      'waits for enough events after a silence',
      series,
      checksOf(rule, plan.hit.group, courses, pace),
    ),
  ];
}

function gate(plan: RatioPlan): readonly Scenario[] {
  const { condition } = plan.subject;
  const least = condition.minEvents ?? leastDeviatingEvents(condition);
  if (least === 0) return [];
  const isDifference = condition.minEvents === undefined && !plan.isAbove;
  const share = beyond(plan, isDifference ? 0.1 : 0.5);
  // What is counted: the whole, or the side that deviates.
  const counted = condition.minEvents !== undefined ? 1 : plan.isAbove ? share : 1 - share;
  const few = least > 1 ? least - (isDifference ? 0.5 : 1) : least / 2;
  const intervals = long(plan);
  const of = (number: number): readonly TestSeries[] | undefined =>
    load(plan, [{ intervals, events: number / counted / plan.window, share }]);
  const [tooFew, enough] = [of(few), of(least + 1)];
  if (tooFew === undefined || enough === undefined) return [];
  const what =
    condition.minEvents !== undefined
      ? 'events'
      : plan.isAbove
        ? 'events of the part'
        : 'events that are not of the part';
  return [
    scenario(
      plan,
      `silent with ${few} ${what} in the window, whatever series do that it does not read`,
      [...tooFew, ...noise(plan)],
      [stays(plan, intervals), holdsUngated(plan, intervals)],
    ),
    scenario(plan, `fires with ${least + 1} ${what} in the window`, enough, [fires(plan, intervals)]),
  ];
}

function still(rows: readonly Counted[], intervals: number): readonly TestSeries[] {
  return rows.map((row) => seriesOf(row, grows([{ intervals, step: 0 }], 1000)));
}

function quiet(plan: RatioPlan): readonly Scenario[] {
  const intervals = long(plan);
  const { hit, events } = plan;
  const [part] = hit.part;
  const rest = spreadRest(hit.rest);
  if (part === undefined) return [];
  const made = [
    scenario(plan, 'silent while nothing happens', still([part, ...rest], intervals), [
      stays(plan, intervals),
    ]),
  ];
  if (part.whole === 0) {
    const busy = [seriesOf(part, grows([{ intervals, step: events }])), ...still(rest, intervals)];
    made.push(
      scenario(plan, 'silent while the whole stands still and only the part moves', busy, [
        stays(plan, intervals),
      ]),
    );
  }
  return made;
}

/** The series of the part are not there, because none of its events ever happened. */
function missing(plan: RatioPlan): readonly Scenario[] {
  const intervals = long(plan);
  const rest = spreadRest(plan.hit.rest);
  if (rest.length === 0) return [];
  const series = rest.map((row) => seriesOf(row, grows([{ intervals, step: plan.events / row.whole }])));
  return plan.isAbove
    ? [scenario(plan, 'silent while no event of the part ever happened', series, [stays(plan, intervals)])]
    : [scenario(plan, 'fires while no event of the part ever happened', series, [fires(plan, intervals)])];
}

/** Every counter starts anew from 0: a process was restarted. */
function restarted(plan: RatioPlan): readonly Scenario[] {
  const intervals = long(plan);
  const share = nearly(plan, 'within');
  const phases = [{ intervals, events: plan.events, share }];
  const series = load(plan, phases);
  if (series === undefined || (plan.isAbove ? plan.limit === 0 : plan.limit === 1)) return [];
  const twice = series.map((each) => ({ ...each, segments: [...each.segments, ...each.segments] }));
  return [
    scenario(
      plan,
      'silent when the counters start anew',
      twice,
      [1, 2, Math.ceil(plan.window / 2), intervals].map((after) => stays(plan, intervals + after)),
    ),
  ];
}

function vanished(plan: RatioPlan): readonly Scenario[] {
  const share = nearly(plan, 'beyond');
  const intervals = long(plan);
  const series = load(plan, [{ intervals, events: plan.events, share }]);
  if (series === undefined) return [];
  const gone = series.map((each) => ({ ...each, segments: [...each.segments, { kind: 'stale' as const }] }));
  return [
    scenario(plan, 'silent once the series are gone and the window has passed', gone, [
      fires(plan, intervals),
      stays(plan, intervals + plan.window + plan.kept + 2),
    ]),
  ];
}

/** What Alertmanager gets. All events are of the part, or none is: shares of 1 and 0 are exact. */
function named(plan: RatioPlan): Scenario | undefined {
  const intervals = long(plan);
  const { hit, events, isAbove, subject } = plan;
  const [part] = hit.part;
  const [rest] = hit.rest;
  const rows = isAbove ? [part, part?.whole === 0 ? rest : undefined] : [rest];
  const series = rows
    .filter((row) => row !== undefined)
    .map((row) => seriesOf(row, grows([{ intervals, step: events }])));
  const check = identity(subject.rule, intervals * plan.pace, hit.group, isAbove ? 1 : 0);
  if (series.length === 0 || check === undefined) return undefined;
  return scenario(plan, 'has these labels and annotations', series, [check]);
}

/** What a ratio does, predicted from its limit, its window and its selectors. */
export function ratioScenarios(subject: AlertSubject<RatioCondition>): Proof {
  const plan = ratioPlan(subject);
  const { alert } = subject.rule;
  if (typeof plan === 'string') return untested(alert, plan);
  if (plan.isAbove ? plan.limit >= 1 : plan.limit <= 0)
    return untested(alert, `no share is ${plan.isAbove ? 'above' : 'below'} ${plan.limit}`);
  const name = named(plan);
  const scenarios = [
    ...steady(plan),
    ...turning(plan),
    ...gate(plan),
    ...onset(plan),
    ...quiet(plan),
    ...missing(plan),
    ...restarted(plan),
    ...vanished(plan),
    ...values(plan),
    ...strangers(plan),
    ...(name === undefined ? [] : [name]),
  ];
  const reason =
    'its texts do more than the tests can fill in, so that labels and annotations are not compared';
  return { scenarios, untested: name === undefined ? [{ rule: alert, reason }] : [] };
}
