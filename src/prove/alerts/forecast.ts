import { forecastSamples } from '../../alerts/conditions.js';
import type { ForecastCondition } from '../../model/model.js';
import { selector } from '../../promql/build.js';
import type { Scenario } from '../scenario.js';
import { columnsOf, flat, line, type Segment } from '../series.js';
import { seriesOf, tidy } from './counters.js';
import { isTooOld, lineThrough, type Variant } from './forecast-line.js';
import { paceFor, steps } from './pace.js';
import { alertCourse, checksOf, type Course } from './predicted.js';
import { rowsOf, selects, valuesOf, type Labels, type Row } from './rows.js';
import { identity, own, untested, type AlertSubject, type Proof } from './subject.js';

interface Plan {
  readonly subject: AlertSubject<ForecastCondition>;
  readonly limit: number;
  /** 1 where the limit is reached from below, -1 where it is from above. */
  readonly towards: 1 | -1;
  /** Seconds between samples and between evaluations. */
  readonly interval: number;
  readonly pace: number;
  readonly pending: number;
  readonly kept: number;
  /** Seconds. */
  readonly over: number;
  readonly horizon: number;
  /** Samples that the window has to hold. */
  readonly least: number;
  /** What a test calls far from the limit. */
  readonly far: number;
  readonly group: Labels;
  readonly row: Row;
  readonly twin: Row | undefined;
  readonly calm: Row | undefined;
  readonly strangers: readonly Row[];
}

/** Whether the condition holds, evaluation by evaluation. */
function conditionCourse(
  plan: Plan,
  segments: readonly Segment[],
  isClosed: boolean,
  { guarded = true, scatter = 1, known = 1 }: Variant = {},
): Course {
  const { limit, towards, interval, pace, over, horizon, least } = plan;
  const columns = columnsOf(segments, interval);
  const { times, values } = columns;
  const until = (times.at(-1) ?? 0) / pace;
  const course: boolean[] = [];
  let [first, next] = [0, 0];
  for (let index = 0; index <= until; index += 1) {
    const at = index * pace;
    while ((times[next] ?? Infinity) <= at) next += 1;
    while (first < next && isTooOld(times[first] ?? 0, at - over, isClosed)) first += 1;
    if (first === next) {
      course.push(false);
      continue;
    }
    /** Index of the first sample within a part of the window. */
    const since = (part: number): number => {
      if (part === 1) return first;
      const found = times
        .subarray(first, next)
        .findIndex((time) => !isTooOld(time, at - over * part, isClosed));
      return found < 0 ? next : first + found;
    };
    const whole = lineThrough(columns, first, next, at);
    const { deviation } = scatter === 1 ? whole : lineThrough(columns, since(scatter), next, at);
    const reaches = towards * (whole.now + whole.slope * horizon - limit) > 0;
    const moves = towards * whole.slope * over > (guarded ? deviation : 0);
    const isBeyond = towards * ((values[next - 1] ?? NaN) - limit) > 0;
    course.push((reaches && moves && next - since(known) >= least) || isBeyond);
  }
  return course;
}

function coursesOf(plan: Plan, segments: readonly Segment[]): readonly Course[] {
  return [true, false].map((isClosed) =>
    alertCourse(conditionCourse(plan, segments, isClosed), plan.pending, plan.kept),
  );
}

/** A level so many times `far` away from the limit, on the side that it is reached from; negative: beyond it. */
function away({ limit, towards, far }: Plan, times: number): number {
  return tidy(limit - towards * far * times);
}

function count(plan: Plan, seconds: number): number {
  return Math.ceil(seconds / plan.interval);
}

/** A scenario whose checks follow from its samples. @param expected whether the alert fires in it at all; undefined where it does not behave so */
function scenario(
  plan: Plan,
  name: string,
  segments: readonly Segment[],
  expected: boolean,
  because?: string,
  others: Scenario['series'] = [],
): Scenario | undefined {
  const { subject, interval, pace, row, calm, group } = plan;
  const courses = coursesOf(plan, segments);
  if (courses.some((course) => course.includes(true) !== expected)) return undefined;
  const { length } = columnsOf(segments, interval).times;
  return {
    name: `${subject.rule.alert}: ${name}`,
    because,
    interval,
    evaluationInterval: pace,
    series: [
      seriesOf(row, segments),
      ...(calm === undefined ? [] : [seriesOf(calm, [flat(away(plan, 1), length)])]),
      ...others,
    ],
    checks: checksOf(subject.rule, group, courses, pace),
  };
}

/** A line that has the limit within its horizon between two evaluations, and is abandoned later. */
function approach(plan: Plan): Scenario | undefined {
  const { interval, pace, over, horizon, towards, pending, kept, twin } = plan;
  const turn = (Math.ceil(over / pace) + 1.5) * pace;
  const samples = (horizon + turn) / interval;
  const step = tidy(Number((plan.far / samples).toPrecision(2)));
  const from = tidy(plan.limit - towards * step * samples);
  const rising = count(plan, turn + (pending + 3) * pace);
  const back = count(plan, over + (kept + 3) * pace);
  const segments = [line(from, towards * step, rising), flat(from, back)];
  const twinSeries = twin === undefined ? [] : [seriesOf(twin, [flat(away(plan, 1), rising + back + 1)])];
  return scenario(
    plan,
    'fires when the limit comes within the horizon, and ends when the way there does',
    segments,
    true,
    `A line of ${step} in ${interval}s from ${from} on is at ${plan.limit} after ${Math.round(samples * interval)}s, ${horizon}s ahead after ${Math.round(turn)}s.`,
    twinSeries,
  );
}

/** Flat, then a line: the window of the line tells when it is believed. */
function bend(plan: Plan): Scenario | undefined {
  const { interval, over, horizon, pace, pending, towards } = plan;
  const before = count(plan, over) + 1;
  const step = tidy(Number(((plan.far * interval) / (0.8 * horizon + over)).toPrecision(2)));
  const from = away(plan, 1);
  const after = count(plan, over + (pending + 2) * pace);
  return scenario(
    plan,
    'fires when a flat line has bent towards the limit for long enough',
    [flat(from, before), line(tidy(from + towards * step), towards * step, after)],
    true,
  );
}

/** Intervals before the first sample, so that an evaluation sees exactly as many samples as are asked for. */
function delay({ least, interval, pace }: Plan): number {
  const found = Array.from({ length: steps(pace, interval) }, (_, more) => more).find(
    (more) => ((least + more - 1) * interval) % pace === 0,
  );
  return found ?? 0;
}

function short(plan: Plan): Scenario | undefined {
  const { interval, horizon, pace, pending, towards, least } = plan;
  const late = delay(plan);
  const step = tidy(Number(((plan.far * interval) / (0.9 * horizon)).toPrecision(2)));
  const samples = least + count(plan, (pending + 3) * pace);
  // Beyond the limit itself it would fire whatever the history.
  if (step * (samples + 1) >= plan.far) return undefined;
  return scenario(
    plan,
    'waits until there is enough of a past',
    [
      ...(late > 0 ? [{ kind: 'gap', samples: late } as const] : []),
      line(away(plan, 1), towards * step, samples),
    ],
    true,
    `The line has the limit in reach from the beginning, and ${least} samples are asked for.`,
  );
}

/** A slow drift with a sample above it and one below it in turns. */
function zigzag(plan: Plan, drift: number, room: number): readonly Segment[] {
  const { over, pending, pace, towards, limit, far } = plan;
  const swing = far / 10;
  const window = count(plan, over);
  const samples = window + count(plan, over / 2 + (pending + 3) * pace);
  return Array.from({ length: samples }, (_, index) => {
    const grown = (drift * swing * index) / window;
    const side = index % 2 === 0 ? 1 : -1;
    // The highest of all samples stays below the limit by a part of the swing.
    const below = swing * (1 + room) + (drift * swing * samples) / window;
    return flat(tidy(Number((limit - towards * (below - grown - side * swing)).toPrecision(7))), 1);
  });
}

/** Multiples of the swing that a drift makes within the window, from where the line through it is certainly believed to where it is not. */
const drifts = Array.from({ length: 60 }, (_, index) => 1.6 - index * 0.02);

/** Noise with a drift in it: a line leads through it to the limit, and is believed only where it explains more than the noise does. */
function noise(plan: Plan): readonly Scenario[] {
  const bare = (segments: readonly Segment[]): boolean =>
    alertCourse(conditionCourse(plan, segments, true, { guarded: false }), plan.pending + 1, 0).includes(
      true,
    );
  const names = {
    true: 'fires where a drift is more than the noise around it',
    false: 'silent on noise, although a line through it leads to the limit',
  };
  for (const room of [0.05, 0.3]) {
    const all = drifts.map((drift) => zigzag(plan, drift, room)).filter(bare);
    const made = (segments: readonly Segment[], expected: boolean): Scenario | undefined =>
      scenario(plan, names[`${expected}`], segments, expected);
    const fires = all
      .toReversed()
      .map((segments) => made(segments, true))
      .find((each) => each !== undefined);
    const silent = all.map((segments) => made(segments, false)).find((each) => each !== undefined);
    const found = [fires, silent].filter((each) => each !== undefined);
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a scenario's alert fires at its end, and would not if the rule were another one. */
function tells(plan: Plan, segments: readonly Segment[], variant: Variant): boolean {
  return [true, false].every((isClosed) => {
    const ends = (course: Course): boolean | undefined => alertCourse(course, plan.pending, plan.kept).at(-1);
    return (
      ends(conditionCourse(plan, segments, isClosed)) === true &&
      ends(conditionCourse(plan, segments, isClosed, variant)) === false
    );
  });
}

/** A drift that becomes noisy lately: the noise is measured over the whole window, where it is less than the drift. */
function late(plan: Plan): Scenario | undefined {
  const { over, interval, pace, towards, far, limit } = plan;
  const swing = far / 20;
  const window = count(plan, over);
  const whole = Math.floor(pace / interval);
  for (const drift of drifts) {
    for (const room of [0.1, 0.3, 0.6]) {
      for (const noisy of [0.7, 0.8, 0.9]) {
        const samples = Math.ceil(((1 + noisy) * window) / whole) * whole + 1;
        const smooth = Math.round(samples - noisy * window);
        const top = swing * (1 + room);
        const segments = Array.from({ length: samples }, (_, index) => {
          const side = index < smooth ? 0 : index % 2 === 0 ? 1 : -1;
          const below = top + (drift * swing * (samples - 1 - index)) / window;
          return flat(tidy(Number((limit - towards * (below - side * swing)).toPrecision(7))), 1);
        });
        if (!tells(plan, segments, { scatter: 0.5 })) continue;
        return scenario(plan, 'fires where a drift is more than the noise that came late', segments, true);
      }
    }
  }
  return undefined;
}

/** A line with samples missing lately: there are enough in the whole window. */
function patchy(plan: Plan): Scenario | undefined {
  const { horizon, pace, towards, far, interval, pending, over, least } = plan;
  const step = tidy(Number(((far * interval) / (0.9 * horizon)).toPrecision(2)));
  const window = count(plan, over);
  const missing = Math.max(3, Math.round(window / 8));
  const whole = Math.floor(pace / interval);
  const until = Math.ceil((Math.max(window, least) + count(plan, pending * pace)) / whole) * whole;
  for (let gone = until - missing - 1; gone > least; gone -= 1) {
    const after = gone + missing;
    const segments: readonly Segment[] = [
      line(away(plan, 1), towards * step, gone - 1),
      { kind: 'gap', samples: missing },
      line(tidy(away(plan, 1) + towards * step * after), towards * step, until - after),
    ];
    if (step * until >= far || !tells(plan, segments, { known: 0.5 })) continue;
    return scenario(plan, 'fires although samples are missing lately', segments, true);
  }
  return undefined;
}

/** Away from the limit and back to it: the line leads there before it has gone further than it scatters. */
function turn(plan: Plan): Scenario | undefined {
  const { over, pace, pending, towards, interval } = plan;
  const samples = count(plan, over);
  const step = tidy(Number(((plan.far * 0.25 * interval) / over).toPrecision(2)));
  const from = away(plan, 0.05);
  const lowest = tidy(from - towards * step * samples);
  const back = samples - 1;
  const top = tidy(lowest + towards * step * back);
  return scenario(
    plan,
    'fires for a line that has turned towards the limit once it is more than a scatter',
    [
      line(from, -towards * step, samples),
      line(tidy(lowest + towards * step), towards * step, back - 1),
      flat(top, count(plan, (pending + 3) * pace)),
    ],
    true,
  );
}

/** A way that has ended just before the limit: it is believed for as long as the window remembers it. */
function plateau(plan: Plan): Scenario | undefined {
  const { over, pace, kept, towards, interval, pending } = plan;
  const samples = count(plan, over + (pending + 2) * pace);
  const step = tidy(Number(((plan.far * 0.4 * interval) / (samples * interval)).toPrecision(2)));
  const top = away(plan, 0.01);
  const from = tidy(top - towards * step * samples);
  return scenario(
    plan,
    'ends when a line that has gone flat before the limit is forgotten',
    [line(from, towards * step, samples), flat(top, count(plan, over + (kept + 3) * pace))],
    true,
  );
}

/** Samples, a gap that is longer than the window, and a line. */
function gap(plan: Plan): Scenario | undefined {
  const { horizon, pace, pending, towards, least, over, interval } = plan;
  const step = tidy(Number(((plan.far * interval) / (0.9 * horizon)).toPrecision(2)));
  const samples = least + count(plan, (pending + 3) * pace);
  if (step * (samples + 1) >= plan.far) return undefined;
  const before = Math.max(1, least - 2);
  const missing = Math.max(1, Math.ceil((over * 1.02) / interval));
  return scenario(
    plan,
    'counts the samples within its window alone',
    [
      flat(away(plan, 1), before),
      { kind: 'gap', samples: missing },
      line(away(plan, 1), towards * step, samples),
    ],
    true,
  );
}

function planOf(subject: AlertSubject<ForecastCondition>): Plan | string {
  const { model, condition, rule } = subject;
  const { metric, by, over, horizon, above, below } = condition;
  const read = own(model, selector(metric.name));
  if (read.kind !== 'selector') return 'its metric is no selector';
  const groups = by.map((label): readonly [string, readonly string[]] => [
    label.wire,
    valuesOf(label.wire, label, []),
  ]);
  const pick = (index: number): Labels =>
    new Map(groups.map(([label, values]) => [label, values[index] ?? values[0] ?? '']));
  const rows = rowsOf(model, metric.name, [read], pick(0));
  const [row, ...others] = rows.filter((each) => selects(read, metric.name, each.labels));
  if (row === undefined) return 'no series meets its selector';
  const hasOther = groups.some(([, values]) => values.length > 1);
  const calm = hasOther
    ? rowsOf(model, metric.name, [read], pick(1)).find((each) => selects(read, metric.name, each.labels))
    : undefined;
  const interval = model.target.prometheus.scrapeInterval.seconds;
  const pace = paceFor(over.seconds, 10, [rule.for, rule.keepFiringFor]);
  const limit = above ?? below ?? 0;
  return {
    subject,
    limit,
    towards: above === undefined ? -1 : 1,
    interval,
    pace,
    pending: steps(rule.for, pace),
    kept: steps(rule.keepFiringFor, pace),
    over: over.seconds,
    horizon: horizon.seconds,
    least: forecastSamples(condition, model.target.prometheus),
    far: limit === 0 ? 100 : Math.abs(limit) * 0.8,
    group: pick(0),
    row,
    twin: others.find(({ labels }) => labels.get('instance') !== row.labels.get('instance')),
    calm,
    strangers: rows.filter((each) => !selects(read, metric.name, each.labels)),
  };
}

/** What a forecast does, predicted from the line of least squares through the samples. */
export function forecastScenarios(subject: AlertSubject<ForecastCondition>): Proof {
  const plan = planOf(subject);
  const { rule } = subject;
  if (typeof plan === 'string') return untested(rule.alert, plan);
  const { pending, pace, over, interval, towards, far, group, twin, strangers } = plan;
  const long = count(plan, over + (pending + 3) * pace);
  const beyond = away(plan, -0.25);
  const end = Math.floor(((long - 1) * interval) / pace) * pace;
  const slope = tidy(Number(((far * 0.5) / long).toPrecision(2)));
  const both = twin === undefined ? [] : [seriesOf(twin, [flat(away(plan, -0.125), long)])];
  const foreign = strangers.map((row) => seriesOf(row, [flat(beyond, long)]));
  const name = identity(rule, end, group, beyond);
  const named: Scenario | undefined = name && {
    name: `${rule.alert}: has these labels and annotations`,
    interval,
    evaluationInterval: pace,
    series: [seriesOf(plan.row, [flat(beyond, long)]), ...both],
    checks: [name],
  };
  const scenarios = [
    approach(plan),
    bend(plan),
    short(plan),
    ...noise(plan),
    late(plan),
    patchy(plan),
    turn(plan),
    plateau(plan),
    gap(plan),
    scenario(plan, 'silent at the limit itself', [flat(plan.limit, long)], false),
    scenario(
      plan,
      'silent on a flat line close to the limit',
      [flat(away(plan, 0.02), long)],
      false,
      undefined,
      foreign,
    ),
    scenario(
      plan,
      'silent on a line that leads away from the limit',
      [line(away(plan, 0.02), -towards * slope, long)],
      false,
    ),
    scenario(
      plan,
      'silent when the gauge starts anew, far from the limit',
      [flat(away(plan, 0.1), long), flat(away(plan, 1), long)],
      false,
    ),
    scenario(
      plan,
      'fires while the gauge is beyond the limit, once for all series of a group',
      [flat(beyond, long)],
      true,
      undefined,
      both,
    ),
    named,
  ];
  const reason =
    'its texts do more than the tests can fill in, so that labels and annotations are not compared';
  return {
    scenarios: scenarios.filter((each) => each !== undefined),
    untested: named === undefined ? [{ rule: rule.alert, reason }] : [],
  };
}
