import { printDuration } from '../../promql/duration.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { lengthOf, type Course } from './course.js';
import type { Arm } from './objective.js';
import { paceWithin, type Stage } from './stage.js';

/** The share of bad events of a service that is well: a fifth of what it may have. */
const healthy = 0.2;

/**
 * So many evaluations have to be in a long window, so that a prediction to one of them means something; and so many where the shorter
 * windows of other arms need some too.
 */
const resolutions = [60, 360] as const;

/** Nobody waits for more looks in one window. */
const mostLooks = 2600;

/** Events before the incident, in parts of those in it: many of them hold back the arms with the longest windows. */
const volumes = [1, 10] as const;

interface Trial {
  readonly arm: Arm;
  readonly course: Course;
  /** Share of bad events before and in the incident. */
  readonly before: number;
  readonly share: number;
  readonly volume: number;
  /** When the incident begins. */
  readonly onset: number;
  /** The last evaluation at which the alert certainly does not fire, and the first at which it certainly does. */
  readonly silent: number;
  readonly firing: number;
}

/** Shares that exceed an arm's threshold and as few others as possible, the best first: one that wakes nobody for a ticket. */
function shares(stage: Stage, arm: Arm): readonly number[] {
  const all = stage.armsOf(arm.severity);
  const pages = arm.severity === 'page' ? [] : stage.armsOf('page').map(({ threshold }) => threshold);
  const awake = Math.min(1, ...pages.filter((threshold) => threshold > arm.threshold));
  const above = all.map(({ threshold }) => threshold).filter((threshold) => threshold > arm.threshold);
  const next = Math.min(1, ...above);
  const { threshold } = arm;
  const wanted = [
    // Less than twice the threshold, so that one that is too high shows in both windows.
    threshold * 1.8,
    ...(awake < 1 ? [Math.sqrt(threshold * Math.min(awake, next))] : []),
    above.length === 0 ? threshold * 2.8 : Math.sqrt(threshold * next),
    Math.sqrt(threshold * next),
    threshold * 1.5,
    next * 0.95,
    threshold * 5,
    1,
  ];
  return [...new Set(wanted.map((share) => Math.min(1, share)))].filter((share) => share > threshold * 1.05);
}

/** What is varied until an arm fires by itself. */
type Variant = Pick<Trial, 'share' | 'before' | 'volume'> & {
  readonly prefix: number;
  readonly pace: number;
};

/** An arm fires by itself: no other arm of its severity holds until it does. */
function attempt(
  stage: Stage,
  arm: Arm,
  { share, before, volume, prefix, pace }: Variant,
): Trial | undefined {
  const interval = stage.sparse(pace, arm.short);
  const phases = [
    stage.phase(pace, prefix, before, volume, interval),
    stage.phase(pace, arm.long * 1.1 + 10 * pace, share, 1, interval),
  ];
  const course = stage.course(pace, phases, interval);
  const onset = course.lead + prefix;
  const forecast = stage.forecast(course);
  const own = stage.armsOf(arm.severity);
  const others = own.filter((each) => each !== arm);
  let silent: number | undefined;
  for (const at of stage.times(course)) {
    if (others.length > 0 && forecast.mayFire(others, at)) return undefined;
    if (forecast.fires([arm], at)) {
      if (silent === undefined || at < onset + 3 * pace) return undefined;
      return { arm, course, before, share, volume, onset, silent, firing: at };
    }
    if (!forecast.mayFire([arm], at) && (silent === undefined || silent === at - pace)) silent = at;
  }
  return undefined;
}

/** Ways to show an arm by itself, the plainest first. */
function* variants(stage: Stage, arm: Arm): Iterable<Variant> {
  const own = stage.armsOf(arm.severity);
  const prefixes = new Set([arm.long, Math.max(...own.map(({ long }) => long))]);
  const isCounted = stage.objective.kind !== 'time';
  const pacesFor = (counts: readonly number[]): readonly number[] =>
    counts.map((count) => paceWithin(arm.long / count));
  // So many looks that the share decides rather than the number of bad ones.
  const looks = (2 * arm.least) / arm.threshold;
  const coarse = pacesFor(resolutions).map((pace) => Math.max(stage.interval, pace));
  const fine = looks > resolutions[0] && looks <= mostLooks ? pacesFor([looks]) : [];
  for (const pace of new Set(isCounted ? coarse.slice(0, 1) : [...fine, ...coarse])) {
    for (const volume of isCounted ? volumes : volumes.slice(0, 1)) {
      for (const before of [healthy * stage.objective.budget, 0]) {
        for (const prefix of prefixes) {
          for (const share of shares(stage, arm)) yield { share, before, volume, prefix, pace };
        }
      }
    }
  }
}

/** The first way that shows an arm by itself. */
function trialOf(stage: Stage, arm: Arm): Trial | undefined {
  for (const variant of variants(stage, arm)) {
    const found = attempt(stage, arm, variant);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * An outage of what is watched: the shorter window exceeds its threshold at once, the longer one when it holds enough bad looks, and
 * after the recovery the shorter one falls below it first. More than two bad looks in the shorter window are best: then half and twice
 * the threshold show in it, whether or not windows include their beginning. Where that takes too many looks, the longer one has to do.
 */
function outageTrial(stage: Stage, arm: Arm): Trial | undefined {
  if (stage.objective.kind !== 'time') return undefined;
  const prefix = Math.max(...stage.armsOf(arm.severity).map(({ long }) => long));
  const enough = [arm.short / 2, arm.short, arm.long / 4].map((each) => each * arm.threshold);
  for (const pace of new Set(enough.map(paceWithin))) {
    if (arm.long / pace > mostLooks) continue;
    const found = attempt(stage, arm, { share: 1, before: 0, volume: 1, prefix, pace });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same incident, over soon after the alert has fired. */
function recovered(stage: Stage, { course, before, share, volume, onset, firing, arm }: Trial): Course {
  const { pace, interval } = course;
  const phases = [
    stage.phase(pace, onset - course.lead, before, volume, interval),
    stage.phase(pace, firing - onset + 2 * pace, share, 1, interval),
    stage.phase(pace, Math.max(arm.short * 2, 4 * pace), before, 1, interval),
  ];
  return stage.course(pace, phases, interval);
}

/** What is expected once the incident is over: when the alert still fires, and from when on it does not. */
function recovery(stage: Stage, trial: Trial, course: Course): { still: number; over: number | undefined } {
  const forecast = stage.forecast(course);
  const own = stage.armsOf(trial.arm.severity);
  const later = stage.times(course).filter((at) => at >= trial.firing);
  const end = later.findIndex((at) => !forecast.fires(own, at));
  const still = end === -1 ? later.at(-1) : later[end - 1];
  const over = later.find(
    (at, index) => later.slice(index).every((each) => !forecast.mayFire(own, each)) && at > 0,
  );
  return { still: still ?? trial.firing, over };
}

/** How the time of firing follows from the shares, in words. */
function explain({ arm, before, share, volume, onset }: Trial): string {
  const short = (value: number): string => String(Number(value.toPrecision(3)));
  const [long, r, r0] = [printDuration(arm.long), short(share), short(before)];
  const start = `From ${printDuration(onset)} on ${percent(share)} are bad, ${percent(before)} before`;
  if (volume !== 1)
    return `${start}, when there were ${volume} times as many events: the longest windows take note of it last.`;
  const predicted = (arm.long * (arm.threshold - before)) / (share - before);
  const after = printDuration(Math.round(predicted / 60) * 60);
  return `${start}: ${long} * (${arm.threshold} - ${r0}) / (${r} - ${r0}) is about ${after}. Within ${printDuration(arm.short)} of the recovery it is over.`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** @param does what the two windows of the arm do */
function scenarioOf(stage: Stage, trial: Trial, does: string): Scenario {
  const { arm, onset, silent, firing } = trial;
  const course = recovered(stage, trial);
  const { still, over } = recovery(stage, trial, course);
  const forecast = stage.forecast(course);
  const others = stage.severities.filter((severity) => severity !== arm.severity);
  const quiet = others.filter((severity) =>
    stage.times(course).every((at) => at > firing || !forecast.mayFire(stage.armsOf(severity), at)),
  );
  const [long, short] = [printDuration(arm.long), printDuration(arm.short)];
  const bystander = stage.groups[1];
  return stage.scenario(
    `${arm.severity}: the windows ${long} and ${short} ${does}${quiet.includes('page') ? ', and page nobody' : ''}`,
    explain(trial),
    course,
    [...stage.series(course), ...stage.bystanders(course)],
    [
      stage.silent(arm.severity, onset),
      stage.silent(arm.severity, silent),
      stage.firing(arm.severity, firing),
      ...quiet.map((severity) => stage.silent(severity, firing)),
      ...(bystander === undefined ? [] : [stage.silent(arm.severity, firing, bystander)]),
      ...(still > firing ? [stage.firing(arm.severity, still)] : []),
      ...(over === undefined || over >= lengthOf(course) ? [] : [stage.silent(arm.severity, over)]),
    ],
  );
}

/** Each arm of each alert, shown to fire by itself at the predicted evaluation, and to stop after a recovery. */
export function armScenarios(stage: Stage): Pick<Suite, 'scenarios' | 'untested'> {
  const scenarios: Scenario[] = [];
  const untested: { rule: string; reason: string }[] = [];
  for (const arm of stage.objective.arms.filter(({ isAlerted }) => isAlerted)) {
    const trial = trialOf(stage, arm);
    if (trial !== undefined)
      scenarios.push(scenarioOf(stage, trial, `fire by themselves at a burn rate above ${arm.factor}`));
    else
      untested.push({
        rule: stage.alertOf(arm.severity),
        reason: `the windows ${printDuration(arm.long)} and ${printDuration(arm.short)} never fire before others of the same alert`,
      });
    const outage = outageTrial(stage, arm);
    if (outage !== undefined)
      scenarios.push(scenarioOf(stage, outage, 'decide when an outage fires, and when it is over'));
  }
  return { scenarios, untested };
}
