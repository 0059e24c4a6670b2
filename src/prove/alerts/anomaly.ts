import { anomalyNames } from '../../alerts/names.js';
import type { AnomalyCondition } from '../../model/model.js';
import { aggregate } from '../../promql/build.js';
import type { Scenario } from '../scenario.js';
import { flat, line, type Segment, type TestSeries } from '../series.js';
import { absent, between, deviates, hair, near, recorded, scenario } from './anomaly-checks.js';
import { course, predict, profile, type Departure, type Prediction } from './anomaly-course.js';
import { telltales } from './anomaly-levels.js';
import { anomalyPlan, type AnomalyPlan } from './anomaly-plan.js';
import { seriesOf, tidy } from './counters.js';
import { checksOf } from './predicted.js';
import type { Row } from './rows.js';
import { identity, showsValue, silent, untested, type AlertSubject, type Proof } from './subject.js';

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

/** How far the first half of what is learned lies below the level, in the distance that the second lies above it: about the mean distance of the season. */
const lower = 0.4;

/** A season with its own ups and downs, and a few days of noise to know how far the value usually is from its level. */
function seasons(plan: AnomalyPlan): readonly Scenario[] {
  const { lengths, subject, pace } = plan;
  const { season } = lengths;
  const bare = profile(plan, true);
  // A peak that is narrower than what a level is averaged over: it shows how wide that is.
  const peak = { at: Math.round(0.25 * season), width: Math.max(1, Math.round(lengths.around / 2)) };
  const usual = (at: number): number =>
    bare(at) + (at % season >= peak.at && at % season < peak.at + peak.width ? 0.06 * plan.level : 0);
  // A gauge may go wherever it wants, a counter never back.
  const loudest = plan.driver.window === undefined ? 0.26 : 0.4 / subject.condition.deviations;
  const noise = plan.level * Math.max(0.04, Math.min(0.26, loudest));
  // First below the level and then above it: the mean distance depends on how much of either is looked at.
  const lasts = Math.round(0.15 * season);
  const learned: readonly Departure[] = [
    { from: 2 * season, evaluations: lasts, by: -noise * lower },
    { from: 2 * season + lasts, evaluations: lasts, by: noise },
  ];
  const start = Math.round(3.55 * season);
  // The deviations of that season do not depend on what departs from it: they are known from the one before.
  const dry = predict(plan, course(usual, Math.round(4.9 * season), learned));
  const deviationAt = (at: number): number => dry.levels[0].deviation[at + plan.settling + plan.pending] ?? 0;
  const { all, length } = departures(plan, deviationAt, start);
  if (length > 4.9 * season) return [];
  const lowest = Math.min(...all.map(({ by }) => by));
  const isPossible = plan.driver.window === undefined || plan.level + lowest > 0;
  const used = isPossible ? all : all.filter(({ by }) => by > 0);
  const stretches = course(usual, Math.max(length, Math.round(4.2 * season)), [...learned, ...used]);
  const predicted = predict(plan, stretches);
  if (!used.some((departure) => tells(predicted, departure))) return [];
  const [levels] = predicted.levels;
  const known = beginning(predicted.levels.map(({ deviation }) => deviation));
  const usually = beginning(predicted.levels.map(({ usual: track }) => track));
  const probe = Math.round(3.52 * season);
  const crest = 3 * season + peak.at + Math.round((peak.width + plan.settling - 1) / 2);
  const at = (track: readonly (number | undefined)[]): number => track[probe] ?? 0;
  const shown = telltales(levels, lengths, start, hair);
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
        ...shown.map((each) => deviates(plan, predicted, each)),
        // What is too small or on the wrong side does not fire, not even at its end.
        ...used
          .filter((departure) => !tells(predicted, departure))
          .map(({ from, evaluations }) => silent(subject.rule, (from + evaluations - 1) * pace)),
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
): Scenario {
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
  const identified =
    showsValue(subject.rule) || !isAgreed
      ? undefined
      : identity(subject.rule, fired * pace, new Map([...plan.recorded, ...group]), 0);
  return scenario(
    plan,
    name,
    stretches,
    [
      deviates(plan, predicted, start),
      ...checksOf(subject.rule, group, predicted.alert, pace),
      ...(identified === undefined ? [] : [identified]),
    ],
    others(length),
  );
}

function flatLines(plan: AnomalyPlan): readonly Scenario[] {
  // A gauge may lie below 0: what is a hundredth of its level does not.
  const isSigned = plan.driver.window === undefined && plan.subject.condition.minimum === undefined;
  return [
    flatLine(
      isSigned ? { ...plan, level: -plan.level } : plan,
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
}

/** The samples of one series, for a value of the query that may be missing for a while. */
function interrupted(
  plan: AnomalyPlan,
  share: number,
  [before, missing, after]: readonly [number, number, number],
): readonly Segment[] {
  const { driver, pace, samples, level } = plan;
  const value = (level * share) / driver.factor;
  const missed: Segment = { kind: 'gap', samples: missing * samples };
  if (driver.window === undefined)
    return [flat(tidy(value), before * samples), missed, flat(tidy(value), after * samples)];
  const step = tidy((value * pace) / samples);
  return [
    line(0, step, before * samples - 1),
    missed,
    line(tidy(step * (before + missing) * samples), step, after * samples - 1),
  ];
}

/** Comparisons that were interrupted for most of a season: the deviation is known for as long as the half season that is asked about holds one. */
function interruption(plan: AnomalyPlan): Scenario {
  const { lengths, rows, driver, subject } = plan;
  const { season } = lengths;
  const [before, missing] = [Math.round(2.2 * season), Math.round(0.7 * season)];
  const [known, unknown] = [Math.round(4.05 * season), Math.round(4.3 * season)];
  const share = driver.adds ? 1 / rows.length : 1;
  const stretches = [{ evaluations: unknown + 1, value: plan.level }];
  const made = scenario(
    { ...plan, rows: [], calm: [] },
    'knows no deviation where half a season had no comparisons',
    stretches,
    [
      {
        kind: 'query',
        expr: aggregate('count', recorded(plan, anomalyNames.deviation)),
        at: known * plan.pace,
        results: [{ labels: new Map(), value: 1 }],
      },
      absent(plan, anomalyNames.deviation, unknown),
      silent(subject.rule, unknown * plan.pace),
    ],
    rows.map((row) =>
      seriesOf(row, interrupted(plan, share, [before, missing, unknown + 1 - before - missing])),
    ),
    `The series is missing from evaluation ${before} on for ${missing} of them; a season has ${season}.`,
  );
  return made;
}

/** What the query itself says: a rate over its whole window, a gauge in spite of its instances. */
function single(plan: AnomalyPlan): readonly Scenario[] {
  const { driver, rows, pace, samples, level } = plan;
  const interval = pace / samples;
  const value = recorded(plan, anomalyNames.value);
  const bare = { ...plan, rows: [], calm: [] };
  if (driver.window !== undefined) {
    const wide = Math.floor(driver.window / interval);
    if (wide < 5 || driver.window > pace) return [];
    const gain = tidy((level * driver.window) / driver.factor / (driver.adds ? rows.length : 1));
    const end = 2 * samples;
    // Between the last two samples that the older half of the window has to itself.
    const at = end - wide + 2;
    return [
      scenario(
        bare,
        'sees what happened at the beginning of its window',
        [],
        // A window without its far edge is stretched to its length.
        [between(plan, value, 2, level * 0.95, level * (wide / (wide - 1)) * 1.05)],
        rows.map((row) => seriesOf(row, [flat(1000, at), flat(1000 + gain, end - at + 1)])),
      ),
    ];
  }
  if (driver.by === undefined) return [];
  // One step beyond the greatest number.
  const beyond = (sign: number): Segment => line(sign * 1.7e308, sign * 1.7e308, 1);
  const [first, twin] = rows;
  if (first === undefined) return [];
  const unlike = twin === undefined || driver.adds ? [] : [seriesOf(twin, [flat(level, 3 * samples + 2)])];
  return [
    scenario(
      bare,
      'has no value where the query has none',
      [],
      [absent(plan, anomalyNames.value, 1)],
      [seriesOf(first, [...(samples > 1 ? [flat(level, samples - 1)] : []), beyond(1)]), ...unlike],
    ),
    scenario(
      bare,
      'has no value where the query has none below 0',
      [],
      [absent(plan, anomalyNames.value, 1)],
      [seriesOf(first, [...(samples > 1 ? [flat(level, samples - 1)] : []), beyond(-1)]), ...unlike],
    ),
  ];
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
  const scenarios = [
    ...learned,
    ...flatLines(plan),
    interruption(plan),
    ...single(plan),
    ...silentLevels(plan),
  ];
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
