import { anomalyNames } from '../../emit/prometheus/names.js';
import type { AnomalyCondition } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, matcher, number, selector } from '../../promql/build.js';
import type { Check, Scenario } from '../scenario.js';
import { flat, line, type TestSeries } from '../series.js';
import {
  course,
  lengthOf,
  predict,
  profile,
  seriesFor,
  type Departure,
  type Prediction,
  type Stretch,
} from './anomaly-course.js';
import { anomalyPlan, type AnomalyPlan } from './anomaly-plan.js';
import { seriesOf, tidy } from './counters.js';
import { checksOf } from './predicted.js';
import type { Labels, Row } from './rows.js';
import { identity, showsValue, silent, untested, type AlertSubject, type Proof } from './subject.js';

function scenario(
  plan: AnomalyPlan,
  name: string,
  stretches: readonly Stretch[],
  checks: readonly Check[],
  others: readonly TestSeries[] = [],
  because?: string,
): Scenario {
  const { subject, pace, samples, rows, calm } = plan;
  const length = lengthOf(stretches);
  return {
    name: `${subject.rule.alert}: ${name}`,
    because,
    interval: pace / samples,
    evaluationInterval: pace,
    series: [
      ...seriesFor(plan, rows, stretches),
      ...seriesFor(plan, calm, [{ evaluations: length, value: plan.level }]),
      ...others,
    ],
    checks,
  };
}

/** A recorded series of the alert. */
function recorded(plan: AnomalyPlan, name: string, more: Labels = new Map<string, string>()): Expr {
  const labels = new Map([...plan.recorded, ...plan.group, ...more]);
  return selector(
    name,
    [...labels].map(([label, value]) => matcher(label, '=', value)),
  );
}

/** That a recorded series lies within a hair of what was predicted: sums of rates are not exact to the last bit. */
function near(plan: AnomalyPlan, name: string, at: number, value: number, more?: Labels): Check {
  const margin = Math.max(Math.abs(value) * 0.003, plan.level * 0.002);
  const series = recorded(plan, name, more);
  return {
    kind: 'query',
    expr: aggregate(
      'count',
      binary('<', binary('>', series, number(tidy(value - margin))), number(tidy(value + margin))),
    ),
    at: at * plan.pace,
    results: [{ labels: new Map(), value: 1 }],
  };
}

function absent(plan: AnomalyPlan, name: string, at: number): Check {
  return { kind: 'query', expr: recorded(plan, name), at: at * plan.pace, results: [] };
}

/** The first evaluation at which both ways of counting know a level, and the last at which neither does. */
function beginning(tracks: readonly (readonly (number | undefined)[])[]): {
  readonly before: number;
  readonly after: number;
} {
  const firsts = tracks.map((track) => track.findIndex((value) => value !== undefined));
  return { before: Math.min(...firsts) - 1, after: Math.max(...firsts) };
}

/** Which departures are told, and which are not, by the direction of the alert. */
function signs({ direction }: AnomalyCondition): {
  readonly told: readonly number[];
  readonly untold: readonly number[];
} {
  if (direction === 'both') return { told: [1, -1], untold: [] };
  return direction === 'above' ? { told: [1], untold: [-1] } : { told: [-1], untold: [1] };
}

/** Departures of a season of tests: those that are too small or on the wrong side, then those that fire. */
function departures(
  plan: AnomalyPlan,
  deviationAt: (at: number) => number,
  from: number,
): { readonly all: readonly Departure[]; readonly length: number } {
  const { subject, settling, pending, kept } = plan;
  const { condition } = subject;
  const { told, untold } = signs(condition);
  const lasts = settling + pending + 3;
  const rest = settling + kept + 3;
  const sizes = [
    ...told.map((sign) => sign * 0.92),
    ...untold.map((sign) => sign * 1.5),
    ...told.map((sign) => sign * 1.08),
  ];
  let at = from;
  const all = sizes.map((size): Departure => {
    const departure = { from: at, evaluations: lasts, by: size * condition.deviations * deviationAt(at) };
    at += lasts + rest;
    return departure;
  });
  return { all, length: at };
}

/** Evaluations that fire within a departure. */
function tells(prediction: Prediction, { from, evaluations }: Departure): boolean {
  return prediction.alert.some((alert) => alert.slice(from, from + evaluations + 1).includes(true));
}

/** A season with its own ups and downs, and a few days of noise to know how far the value usually is from its level. */
function seasons(plan: AnomalyPlan): readonly Scenario[] {
  const { lengths, subject, pace } = plan;
  const { season } = lengths;
  const bare = profile(plan, true);
  // A peak that is narrower than what a level is averaged over: it shows how wide that is.
  const peak = { at: Math.round(0.25 * season), width: Math.max(1, Math.round(lengths.around / 2)) };
  const usual = (at: number): number =>
    bare(at) + (at % season >= peak.at && at % season < peak.at + peak.width ? 0.06 * plan.level : 0);
  const noise = plan.level * Math.max(0.03, Math.min(0.2, 0.3 / subject.condition.deviations));
  const learned: Departure = { from: 2 * season, evaluations: Math.round(0.3 * season), by: noise };
  const start = Math.round(3.55 * season);
  // The deviations of that season do not depend on what departs from it: they are known from the one before.
  const dry = predict(plan, course(usual, Math.round(4.9 * season), [learned]));
  const deviationAt = (at: number): number => dry.levels[0].deviation[at + plan.settling + plan.pending] ?? 0;
  const { all, length } = departures(plan, deviationAt, start);
  if (length > 4.9 * season) return [];
  const lowest = Math.min(...all.map(({ by }) => by));
  const isPossible = plan.driver.window === undefined || plan.level + lowest > 0;
  const used = isPossible ? all : all.filter(({ by }) => by > 0);
  const stretches = course(usual, length, [learned, ...used]);
  const predicted = predict(plan, stretches);
  if (!used.some((departure) => tells(predicted, departure))) return [];
  const [levels] = predicted.levels;
  const known = beginning(predicted.levels.map(({ deviation }) => deviation));
  const usually = beginning(predicted.levels.map(({ usual: track }) => track));
  const probe = Math.round(3.52 * season);
  const crest = 3 * season + peak.at + Math.round((peak.width + plan.settling - 1) / 2);
  const at = (track: readonly (number | undefined)[]): number => track[probe] ?? 0;
  return [
    scenario(
      plan,
      'learns the season and fires for what departs from it',
      stretches,
      [
        ...(usually.before > 0
          ? [
              absent(plan, anomalyNames.usual, usually.before),
              absent(plan, anomalyNames.residual, usually.before),
            ]
          : []),
        ...(known.before > 0 ? [absent(plan, anomalyNames.deviation, known.before)] : []),
        near(plan, anomalyNames.deviation, known.after, levels.deviation[known.after] ?? 0),
        near(plan, anomalyNames.value, probe, at(levels.value)),
        ...[1, 2, 3].map((back) =>
          near(plan, anomalyNames.earlier, probe, at(levels.usual), new Map([['seasons', String(back)]])),
        ),
        near(plan, anomalyNames.usual, probe, at(levels.usual)),
        near(plan, anomalyNames.residual, probe, at(levels.residual)),
        near(plan, anomalyNames.deviation, probe, at(levels.deviation)),
        near(plan, anomalyNames.usual, crest, levels.usual[crest] ?? 0),
        ...checksOf(subject.rule, plan.group, predicted.alert, pace),
      ],
      [],
      `A season has ${season} evaluations of ${pace}s. The deviation is known half a season after the first distance, one season later.`,
    ),
  ];
}

/** Recorded series of another alert and of another service, and series that the query does not read. */
function strangersOf(plan: AnomalyPlan, evaluations: number): readonly TestSeries[] {
  const { recorded: identityOf, samples, strangers, driver } = plan;
  const foreign = [...identityOf.keys()].flatMap((label) => {
    const labels = new Map([...plan.group, ...identityOf, [label, `another-${label}`]]);
    const rows: Row[] = [
      anomalyNames.usual,
      anomalyNames.residual,
      anomalyNames.deviation,
      anomalyNames.value,
    ].map((metric) => ({ metric, labels }));
    const earlier = ['1', '2', '3'].map((seasons): Row => ({
      metric: anomalyNames.earlier,
      labels: new Map([...labels, ['seasons', seasons]]),
    }));
    return [...rows, ...earlier];
  });
  const number = evaluations * samples;
  const high = plan.level * 1000;
  return [
    ...foreign.map((row) =>
      seriesOf(row, [flat(row.metric === anomalyNames.deviation ? 1 : tidy(high), number)]),
    ),
    ...strangers.map((row) =>
      seriesOf(
        row,
        driver.window === undefined ? [flat(tidy(high), number)] : [line(0, Math.ceil(high), number - 1)],
      ),
    ),
  ];
}

/** What scatters a level a little, as a share of it, and what is then taken for its deviation. */
interface Scatter {
  readonly name: string;
  readonly size: number;
}

/** How long the noise of a flat level lasts, in seasons, and how long before the departures it lies. */
const noisy = { lasts: 0.12, before: 1.15 };

/**
 * A level that always is the same, but for a little noise a season before: below a hundredth of the level the hundredth counts, above it
 * the noise. A rate begins low, while its window fills: it takes until the fifth season until no distance is measured from that one.
 */
function flatLine(
  plan: AnomalyPlan,
  { name, size }: Scatter,
  others: (length: number) => readonly TestSeries[],
): Scenario | undefined {
  const { lengths, subject, pace, group, level, driver } = plan;
  const { season } = lengths;
  const start = Math.round((driver.window === undefined ? 3.55 : 5.25) * season);
  // The share of the season's distances that the noise makes up: the first ones are known two seasons after the start.
  const known = driver.window === undefined ? 0.75 : 1;
  const noise: Departure = {
    from: start - Math.round(noisy.before * season),
    evaluations: Math.round(noisy.lasts * season),
    by: (size * level) / Math.sqrt(noisy.lasts / known),
  };
  const dry = predict(
    plan,
    course(() => level, start + Math.round(0.8 * season), [noise]),
  );
  const { all, length } = departures(
    plan,
    (at) => dry.levels[0].deviation[at + plan.settling + plan.pending] ?? 0,
    start,
  );
  const stretches = course(() => level, length, [noise, ...all]);
  const predicted = predict(plan, stretches);
  const [alert] = predicted.alert;
  const fired = alert.lastIndexOf(true);
  const isAgreed = fired !== -1 && predicted.alert.every((each) => each[fired] === true);
  if (!isAgreed) return undefined;
  const identified = showsValue(subject.rule)
    ? undefined
    : identity(subject.rule, fired * pace, new Map([...plan.recorded, ...group]), 0);
  return scenario(
    plan,
    name,
    stretches,
    [
      ...checksOf(subject.rule, group, predicted.alert, pace),
      ...(identified === undefined ? [] : [identified]),
    ],
    others(length),
  );
}

function flatLines(plan: AnomalyPlan): readonly Scenario[] {
  const made = [
    flatLine(
      plan,
      {
        name: 'takes a hundredth of the level for the deviation of a level that hardly changes',
        size: 0.007,
      },
      (length) => strangersOf(plan, length),
    ),
    flatLine(
      plan,
      { name: 'takes the deviation for what it is from a hundredth of the level on', size: 0.015 },
      () => [],
    ),
  ];
  return made.filter((each) => each !== undefined);
}

/** What is far from its level at a level that is too low, or has always been 0. */
function silentLevels(plan: AnomalyPlan): readonly Scenario[] {
  const { lengths, subject, settling, pending, level } = plan;
  const { minimum } = subject.condition;
  const start = Math.round(3.55 * lengths.season);
  const lasts = settling + pending + 3;
  const made = (name: string, usual: number): Scenario => {
    const low = { ...plan, level: usual };
    const by = Math.max(level, usual) * (1 + subject.condition.deviations);
    const stretches = course(() => usual, start + lasts + 1, [
      { from: start, evaluations: lasts, by: subject.condition.direction === 'below' ? -usual / 2 : by },
    ]);
    return scenario({ ...low, calm: [] }, name, stretches, [
      silent(subject.rule, (start + lasts) * plan.pace),
    ]);
  };
  return [
    ...(subject.condition.direction === 'below' || (minimum !== undefined && minimum > 0)
      ? []
      : [made('silent where the level has always been 0', 0)]),
    ...(minimum === undefined || minimum <= 0
      ? []
      : [made(`silent where the usual level is below ${minimum}`, minimum * 0.95)]),
  ];
}

/** What an anomaly does, predicted by doing the arithmetic of its rules by hand. */
export function anomalyScenarios(subject: AlertSubject<AnomalyCondition>): Proof {
  const plan = anomalyPlan(subject);
  const { rule } = subject;
  if (typeof plan === 'string') return untested(rule.alert, plan);
  const learned = seasons(plan);
  const scenarios = [...learned, ...flatLines(plan), ...silentLevels(plan)];
  const reasons = [
    ...(learned.length === 0 ? ['its departures do not fit into one season, so that none is tried'] : []),
    ...(showsValue(rule)
      ? [
          'its texts show the value, which is not known to the last bit, so that labels and annotations are not compared',
        ]
      : []),
  ];
  return { scenarios, untested: reasons.map((reason) => ({ rule: rule.alert, reason })) };
}
