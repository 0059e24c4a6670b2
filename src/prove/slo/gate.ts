import { aggregate, binary, number } from '../../promql/build.js';
import { printDuration } from '../../promql/duration.js';
import { errorRatio } from '../../slo/names.js';
import type { Check, Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { recordOf } from './checks.js';
import { idle, lengthOf, type Course, type Phase } from './course.js';
import type { Arm } from './objective.js';
import { paceWithin, type Stage } from './stage.js';

/** That the shares alone would make an arm fire: what keeps it silent is the number of bad events. */
function wouldFire({ objective, group }: Stage, { short, long, threshold }: Arm, at: number): Check {
  const exceeds = (window: number) =>
    binary('>', recordOf(objective, errorRatio(window), group), number(threshold));
  return {
    kind: 'query',
    expr: aggregate('count', binary('and', exceeds(short), exceeds(long))),
    at,
    results: [{ labels: new Map(), value: 1 }],
  };
}

/** One failure of three, in an hour without anything else. */
function oneOfThree(stage: Stage): Scenario | undefined {
  const [severity] = stage.severities;
  const [arm] = severity === undefined ? [] : stage.armsOf(severity);
  if (arm === undefined || stage.objective.kind !== 'events') return undefined;
  const pace = stage.interval;
  const samples = stage.samples(pace, pace);
  const isEnough = 1 / 3 > arm.threshold * 1.01;
  const course = stage.course(pace, [
    { samples: samples * 10, good: 0, bad: 0 },
    { samples: 1, good: isEnough ? 2 : 0, bad: 1 },
    { samples: samples * 5, good: 0, bad: 0 },
  ]);
  const forecast = stage.forecast(course);
  const times = stage.times(course).filter((at) => at > 10 * pace);
  const isQuiet = times.every((at) =>
    stage.severities.every((each) => !forecast.mayFire(stage.armsOf(each), at)),
  );
  const ungated = { ...arm, least: 0 };
  const at = times.find((time) => forecast.fires([ungated], time));
  if (!isQuiet || at === undefined) return undefined;
  return stage.scenario(
    isEnough ? 'one failure of three wakes nobody' : 'one failure of one wakes nobody',
    `The share of bad events is above ${arm.threshold}; what is missing are events.`,
    course,
    stage.series(course),
    [wouldFire(stage, arm, at), ...stage.allSilent(at), ...stage.allSilent(times.at(-1) ?? at)],
  );
}

/** Samples that a burst is spread over: one where every sample is evaluated, else so many that the one evaluation sees an even rate. */
function spreadOf({ interval, objective }: Stage, pace: number): number {
  return pace === interval ? 1 : Math.ceil(objective.base / interval) + 1;
}

/** A fraction of a power of two, so that a counter adds up to the same value however it is added up: anything less looks like a restart. */
function exact(value: number): number {
  return Math.round(value * 65_536) / 65_536;
}

/** Bad events all at once, seen by one evaluation and whatever looks back to it, or bad looks one after the other; then a wait. */
function burst(stage: Stage, amount: number, wait: number, pace: number): readonly Phase[] {
  if (stage.objective.kind === 'time')
    return [
      { samples: Math.round(amount), good: 0, bad: 1 },
      { samples: wait, good: 1, bad: 0 },
    ];
  const spread = spreadOf(stage, pace);
  return [
    idle(stage.samples(pace, Math.ceil((2 * stage.objective.base) / pace) * pace) - spread),
    { samples: spread, good: 0, bad: exact(amount / spread) },
    idle(stage.samples(pace, wait * pace)),
  ];
}

/**
 * Very many events long ago, a few of them bad: the arm's own windows must not see them any more, and longer ones see that not all is bad.
 * Where time is watched, good looks fill all windows.
 */
function past(stage: Stage, arm: Arm, pace: number): readonly Phase[] {
  const { objective, volume } = stage;
  if (objective.kind === 'time') {
    const longest = Math.max(...stage.armsOf(arm.severity).map(({ long }) => long));
    return [{ samples: Math.ceil(longest / pace), good: 1, bad: 0 }];
  }
  return [
    idle(stage.samples(pace, pace) - 1),
    { samples: 1, good: volume * volume, bad: volume },
    idle(stage.samples(pace, Math.ceil((arm.long + objective.base) / pace) * pace)),
  ];
}

interface Attempt {
  readonly pace: number;
  /** Evaluations after each burst. */
  readonly wait: number;
  readonly hasPast: boolean;
  /** Whether no other arm of the alert fires meanwhile. */
  readonly isAlone: boolean;
}

interface Boundary {
  readonly course: Course;
  readonly below: number;
  readonly above: number;
}

/** One bad event fewer than an arm asks for, and later the missing one; nothing else happens meanwhile, so that all that happens is bad. */
function attempt(stage: Stage, arm: Arm, { pace, wait, hasPast, isAlone }: Attempt): Boundary | undefined {
  const { objective } = stage;
  const isWatched = objective.kind === 'time';
  const quiet = idle(stage.samples(pace, (Math.ceil(objective.base / pace) + 1) * pace));
  const make = (first: number, second: number): Course => ({
    ...stage.course(pace, [
      ...(isWatched ? [] : [quiet]),
      ...(hasPast ? past(stage, arm, pace) : []),
      ...burst(stage, first, wait, pace),
      ...burst(stage, second, wait, pace),
    ]),
    // Far from 0, where rate() would take less than all of the first burst.
    start: 1e6,
  });
  const probe = make(1000, 1000);
  // At another pace than in production, windows that are summed up count an event as more or less than one.
  const weight = isWatched ? 1 : (stage.forecast(probe).both[0]?.count(arm, lengthOf(probe)) ?? 0) / 2000;
  if (weight <= 0) return undefined;
  const first = (arm.least - 1) / weight;
  // A thousandth more than asked for: rates are divided by time and multiplied by it again. The first look of all comes on top.
  const course = isWatched
    ? make(arm.least - (hasPast ? 1 : 2), 1)
    : make(first, (1.001 * arm.least) / weight - first);
  const above = lengthOf(course);
  const between = isWatched ? 1 : Math.ceil((2 * objective.base) / pace);
  const below = above - (wait + between) * pace;
  const forecast = stage.forecast(course);
  const own = stage.armsOf(arm.severity);
  const others = own.filter((other) => other !== arm);
  const isShown =
    forecast.fires([{ ...arm, least: 0 }], below) &&
    !forecast.mayFire(own, below) &&
    forecast.fires([arm], above) &&
    !(isAlone && forecast.mayFire(others, above));
  return isShown ? { course, below, above } : undefined;
}

/** Ways to show what an arm asks for without any other, the shortest first. */
function* attempts(stage: Stage, arm: Arm): Iterable<Attempt> {
  const { interval, objective } = stage;
  const shorter = stage
    .armsOf(arm.severity)
    .map(({ short }) => short)
    .filter((short) => short < arm.short);
  const wanted = paceWithin(arm.short / 6);
  const coarse = wanted < objective.base && objective.kind !== 'time' ? interval : Math.max(interval, wanted);
  for (const isAlone of [true, false]) {
    for (const hasPast of objective.kind === 'time' ? [false, true] : [true, false]) {
      for (const pace of new Set([coarse, interval])) {
        // Nobody waits for days that are looked at every minute.
        if (arm.long / pace > 1000) continue;
        for (const short of [0, ...shorter]) {
          for (const wait of [Math.ceil((short + objective.base) / pace) + 1, 2])
            yield { pace, wait, hasPast, isAlone };
        }
      }
    }
  }
}

/** How many bad events, and no fewer, an arm asks for. */
function boundary(stage: Stage, arm: Arm): Scenario | undefined {
  const unit = stage.objective.kind === 'time' ? 'bad looks' : 'bad events';
  for (const tried of attempts(stage, arm)) {
    const found = attempt(stage, arm, tried);
    if (found === undefined) continue;
    const { course, below, above } = found;
    return stage.scenario(
      `${arm.severity}: the windows ${printDuration(arm.long)} and ${printDuration(arm.short)} ask for ${arm.least} ${unit}`,
      `Nothing but ${unit}: one fewer than asked for, and later the missing one.`,
      course,
      stage.series(course),
      [wouldFire(stage, arm, below), stage.silent(arm.severity, below), stage.firing(arm.severity, above)],
    );
  }
  return undefined;
}

/** Half of what an arm asks for happened long ago, as early as its window still knows, and the other half now. */
function wholeWindow(stage: Stage, arm: Arm): Scenario | undefined {
  const { objective } = stage;
  if (objective.kind !== 'events' || objective.direct.includes(arm.long)) return undefined;
  const pace = Math.max(stage.interval, paceWithin(arm.long / 36));
  const quiet = idle(stage.samples(pace, (Math.ceil(objective.base / pace) + 1) * pace));
  const wait = Math.floor((0.8 * arm.long) / pace);
  const make = (amount: number): Course => ({
    ...stage.course(pace, [quiet, ...burst(stage, amount, wait, pace), ...burst(stage, amount, 1, pace)]),
    start: 1e6,
  });
  const probe = make(1000);
  const weight = (stage.forecast(probe).both[0]?.count(arm, lengthOf(probe)) ?? 0) / 2000;
  if (weight <= 0) return undefined;
  const course = make((0.6 * arm.least) / weight);
  const forecast = stage.forecast(course);
  const own = stage.armsOf(arm.severity);
  const at = stage.times(course).findLast((time) => forecast.fires([arm], time));
  const isAlone =
    at !== undefined &&
    !forecast.mayFire(
      own.filter((other) => other !== arm),
      at,
    );
  if (!isAlone) return undefined;
  return stage.scenario(
    `${arm.severity}: bad events count for all of the ${printDuration(arm.long)}`,
    `A little more than half of the ${arm.least} bad events that are asked for, twice: neither of them is enough.`,
    course,
    stage.series(course),
    [stage.firing(arm.severity, at)],
  );
}

/** That few bad events are not enough, and how many are. */
export function gateScenarios(stage: Stage): Pick<Suite, 'scenarios' | 'untested'> {
  const scenarios: Scenario[] = [];
  const untested: { rule: string; reason: string }[] = [];
  const first = oneOfThree(stage);
  if (first !== undefined) scenarios.push(first);
  const gated = stage.objective.arms.filter(({ isAlerted, least }) => isAlerted && least > 1);
  for (const arm of gated) {
    const whole = wholeWindow(stage, arm);
    if (whole !== undefined) scenarios.push(whole);
    const made = boundary(stage, arm);
    if (made !== undefined) scenarios.push(made);
    else
      untested.push({
        rule: stage.alertOf(arm.severity),
        reason: `that the windows ${printDuration(arm.long)} and ${printDuration(arm.short)} ask for ${arm.least} bad events cannot be shown without another arm`,
      });
  }
  return { scenarios, untested };
}
