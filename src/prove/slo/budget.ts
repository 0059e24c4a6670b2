import type { Expr } from '../../promql/ast.js';
import {
  budgetRemaining,
  currentBurnRate,
  errorBudget,
  objectiveRatio,
  periodBurnRate,
  periodDays,
  sloInfo,
  timeToExhaustion,
} from '../../slo/names.js';
import { printDuration } from '../../promql/duration.js';
import { printDecimal } from '../../slo/decimal.js';
import { objectiveShare } from '../../slo/windows.js';
import type { Check, Scenario } from '../scenario.js';
import { absent, between, exactly, measured, recordOf } from './checks.js';
import { lengthOf, type Course, type Phase } from './course.js';
import type { Objective } from './objective.js';
import type { Forecast, Prediction } from './predict.js';
import { paces, paceWithin, type Stage } from './stage.js';

/** How often what is left of the budget would last for a period at the rate of a window; undefined where nothing is known, left or spent. */
function lasting(
  { budget, period }: Objective,
  prediction: Prediction,
  at: number,
  window: number,
): number | undefined {
  const [spent, now] = [prediction.ratio(period, at), prediction.ratio(window, at)];
  if (spent === undefined || now === undefined || now <= 0 || spent >= budget) return undefined;
  return (1 - spent / budget) / (now / budget);
}

/** Seconds until the budget is gone at the rate of the recent past; undefined while it lasts for the whole period, 0 where it is gone. */
function exhaustion(objective: Objective, prediction: Prediction, at: number): number | undefined {
  const { budget, period } = objective;
  const spent = prediction.ratio(period, at);
  if (spent !== undefined && spent >= budget) return 0;
  const periods = lasting(objective, prediction, at, objective.exhaustion);
  return periods !== undefined && periods < 1 ? periods * period : undefined;
}

/**
 * The first time at which the budget lasts for so many periods, whatever kind of windows there is; rather one at which the windows next
 * to the one that decides say something else.
 * @param among times of evaluation
 */
function whenLasting(
  { objective }: Stage,
  forecast: Forecast,
  among: readonly number[],
  [least, most]: readonly [number, number],
): number | undefined {
  const { exhaustion: own, windows } = objective;
  const next = [windows.findLast((each) => each < own), windows.find((each) => each > own)].filter(
    (each) => each !== undefined,
  );
  const found = among.filter((at) =>
    forecast.both.every((each) => {
      const periods = lasting(objective, each, at, own);
      return periods !== undefined && periods > least && periods < most;
    }),
  );
  const differs = (at: number): boolean =>
    forecast.both.every((each) =>
      next.every((window) => Math.abs((each.ratio(window, at) ?? 0) / (each.ratio(own, at) ?? 1) - 1) > 0.05),
    );
  return found.find(differs) ?? found[0];
}

/** Parts of a period that are more than half of it and less than all; and that are more than all and less than twice. */
const [nearly, longer] = [
  [0.53, 0.97],
  [1.03, 1.9],
] as const;

/** That burn rates and what is left of the budget are what the shares of bad events say. */
export function budgetChecks(
  objective: Objective,
  forecast: Forecast,
  group: ReadonlyMap<string, string>,
  at: number,
): readonly Check[] {
  const { base, budget, period } = objective;
  const record = (name: string): Expr => recordOf(objective, name, group);
  const check = (name: string, value: (prediction: Prediction) => number | undefined): Check[] => {
    const band = forecast.band(value);
    if (band !== undefined) return [between(record(name), band, at)];
    // Where the two kinds of windows disagree about whether there is a value, there is nothing to say.
    const isAbsent = forecast.both.every((each) => value(each) === undefined);
    return isAbsent ? [absent(record(name), at)] : [];
  };
  const over = (ratio: number | undefined): number | undefined =>
    ratio === undefined ? undefined : ratio / budget;
  const remaining = (ratio: number | undefined): number | undefined =>
    ratio === undefined ? undefined : 1 - ratio / budget;
  return [
    ...check(currentBurnRate, (each) => over(each.ratio(base, at))),
    ...check(periodBurnRate, (each) => over(each.ratio(period, at))),
    ...check(budgetRemaining, (each) => remaining(each.ratio(period, at))),
    ...check(timeToExhaustion, (each) => exhaustion(objective, each, at)),
  ];
}

/** What does not depend on any data: the objective in numbers, and its description. */
export function constantChecks(
  { slo, service, budget, period, identity }: Objective,
  at: number,
): readonly Check[] {
  const description = new Map([
    ['service', service],
    ['sli', slo.sli.name],
    ['objective', slo.objective],
    ['period', slo.period.text],
  ]);
  if (slo.owner !== undefined) description.set('owner', slo.owner);
  return [
    exactly({ identity }, objectiveRatio, Number(printDecimal(objectiveShare(slo.objective))), at),
    exactly({ identity }, errorBudget, budget, at),
    exactly({ identity }, periodDays, period / 86_400, at),
    exactly({ identity }, sloInfo, 1, at, description),
  ];
}

/** Shares of three stretches, in parts of the budget, and how much happens in each. */
const stretches = [
  { share: 0.1, volume: 1 },
  { share: 0.3, volume: 3 },
  { share: 1.2, volume: 2 },
] as const;

/** The same as shares where a budget is less than one look in many. */
const looks = [0.1, 0.3, 0.6] as const;

/** Three stretches that differ in what happens and in how much of it is bad. @param lengths seconds of each */
function threeStretches(
  stage: Stage,
  pace: number,
  lengths: readonly number[],
  interval: number,
): readonly Phase[] {
  return stretches.map(({ share, volume }, index) => {
    const part = stage.objective.kind === 'time' ? (looks[index] ?? 0) : share * stage.objective.budget;
    return stage.phase(pace, lengths[index] ?? 0, part, volume, interval);
  });
}

/** Windows that are read from raw series: each is looked at when its half lies before and half behind a change. */
function directWindows(stage: Stage): Scenario {
  const { objective } = stage;
  const [shortest = objective.base, longest = objective.base] = [
    objective.direct[0],
    objective.direct.at(-1),
  ];
  const pace = paceWithin(shortest / (objective.kind === 'time' ? 4 : 2));
  const interval = Math.min(pace, stage.interval);
  const half = Math.ceil(longest / 2 / pace) * pace;
  const course = stage.course(pace, threeStretches(stage, pace, [half, half, half], interval), interval);
  const forecast = stage.forecast(course);
  const change = course.lead + 2 * half;
  const looked = objective.direct.map((window) => ({
    window,
    at: change + Math.max(1, Math.round(window / 2 / pace)) * pace,
  }));
  const last = looked.at(-1)?.at ?? change;
  const times = stage.times(course).filter((at) => at <= last && at > change);
  const [lasts, survives] = [nearly, longer].map((band) => whenLasting(stage, forecast, times, band));
  const seen = new Set([looked[0]?.at ?? change, lasts ?? last, survives ?? last, last]);
  return stage.scenario(
    'every window measures its own time',
    `How much happens, and how much of it is bad, changes at ${printDuration(course.lead + half)} and ${printDuration(change)}; a window is looked at when half of it lies behind the change.`,
    course,
    [...stage.instances(course), ...stage.bystanders(course)],
    [
      ...looked.flatMap(({ window, at }) => measured(objective, forecast, stage.group, at, [window])),
      ...[...seen].sort((a, b) => a - b).flatMap((at) => budgetChecks(objective, forecast, stage.group, at)),
    ],
  );
}

/** So many evaluations are in a window that is summed up from records. */
const summedResolution = 48;

/** A window that is summed up from records, at a pace that makes days short. */
function summedWindow(stage: Stage, window: number): Scenario {
  const { objective } = stage;
  const pace = paceWithin(window / summedResolution);
  const interval = stage.sparse(pace, window);
  const half = Math.ceil(window / 2 / pace) * pace;
  const lengths = [half, half, half];
  const course = stage.course(pace, threeStretches(stage, pace, lengths, interval), interval);
  const forecast = stage.forecast(course);
  const at = course.lead + 2 * half + Math.round(half / 2 / pace) * pace;
  const isPeriod = window === objective.period;
  return stage.scenario(
    `${isPeriod ? 'the period' : 'the window'} of ${printDuration(window)} measures its own time, events weighing the same whenever they happened`,
    `Three stretches of ${printDuration(half)}, each with other traffic and another share of bad events; the window holds parts of two or three of them.`,
    course,
    stage.series(course),
    [
      ...measured(objective, forecast, stage.group, at, [window]),
      ...(isPeriod ? budgetChecks(objective, forecast, stage.group, at) : []),
    ],
  );
}

/** A night with little traffic and a day with much: an average of ratios would take the night for as important as the day. */
function dayAndNight(stage: Stage): Scenario {
  const { objective } = stage;
  const pace = 3600;
  const half = 10 * 3600;
  const course = stage.course(pace, [
    stage.phase(pace, half, 0.5, 0.01),
    stage.phase(pace, half, 0.1 * objective.budget),
  ]);
  const forecast = stage.forecast(course);
  const at = lengthOf(course);
  return stage.scenario(
    'a bad night with little traffic does not spend the budget of a day',
    'Ten hours in which half of a hundredth of the traffic is bad, ten hours of nearly good full traffic: by events that is half a percent, by hours a quarter of all.',
    course,
    stage.series(course),
    [
      ...measured(
        objective,
        forecast,
        stage.group,
        at,
        objective.windows.filter((window) => !objective.direct.includes(window)),
      ),
      ...budgetChecks(objective, forecast, stage.group, at),
    ],
  );
}

/** Of time there is a budget left only while very little of it was bad: one look of so many. */
function budgetLeft(stage: Stage): Scenario | undefined {
  const { objective } = stage;
  const pace = stage.interval;
  const count = Math.ceil(3 / objective.budget);
  // Below that, nobody waits for the test.
  if (count > 4000) return undefined;
  const course: Course = stage.course(pace, [
    { samples: count, good: 1, bad: 0 },
    { samples: 1, good: 0, bad: 1 },
  ]);
  const at = lengthOf(course);
  return stage.scenario(
    'the budget that is left, and how long it lasts',
    `One look of ${count} is bad: a third of the budget.`,
    course,
    stage.series(course),
    budgetChecks(objective, stage.forecast(course), stage.group, at),
  );
}

/** A budget that would last a little longer than the period, and after one more bad look a little shorter. */
function lastsOrNot(stage: Stage): Scenario | undefined {
  const { objective } = stage;
  for (const pace of [...paces].reverse().filter((each) => each <= stage.interval)) {
    for (const parts of [10, 5, 4, 3, 2.5]) {
      const count = Math.ceil(parts / objective.budget);
      if (count > 4000) continue;
      const course = stage.course(pace, [
        { samples: count, good: 1, bad: 0 },
        { samples: 2, good: 0, bad: 1 },
      ]);
      const forecast = stage.forecast(course);
      const end = lengthOf(course);
      const survives = whenLasting(stage, forecast, [end - pace], longer);
      const lasts = whenLasting(stage, forecast, [end], nearly);
      if (survives === undefined || lasts === undefined) continue;
      return stage.scenario(
        'a budget that lasts for the period has no end, one that does not has',
        `Two looks of ${count} are bad: after the first one the budget would last for more than the period, after the other for less.`,
        course,
        stage.series(course),
        [survives, lasts].flatMap((at) => budgetChecks(objective, forecast, stage.group, at)),
      );
    }
  }
  return undefined;
}

/** That every window, the budget and the burn rates are measured right. */
export function budgetScenarios(stage: Stage): readonly Scenario[] {
  const { objective } = stage;
  const summed = objective.windows.filter((window) => !objective.direct.includes(window));
  return [
    directWindows(stage),
    ...summed.map((window) => summedWindow(stage, window)),
    ...(objective.kind === 'time' ? [budgetLeft(stage), lastsOrNot(stage)] : [dayAndNight(stage)]),
  ].filter((each) => each !== undefined);
}
