import type { TestSeries, Segment } from '../../series.js';
import { line } from '../../series.js';
import type { Input } from './inputs.js';

/**
 * What can be turned about an input. `level` is a gauge's value or what a counter grows by from sample to sample; `slope` what a gauge
 * rises by; `count` the observations of a histogram from sample to sample, and `place` where they lie: 2.25 means that three quarters of
 * them are in the bucket with index 2 and the rest in the next; `present` whether the series is there at all.
 */
export type KnobKind = 'level' | 'slope' | 'count' | 'place' | 'present';

export interface Knob {
  /** Index of the input. */
  readonly input: number;
  readonly kind: KnobKind;
  /** Positions that are tried, the usual one first. */
  readonly positions: readonly number[];
}

/** Where each knob stands. */
export type Settings = readonly number[];

/** A stretch of samples at some settings. */
export interface Phase {
  readonly samples: number;
  readonly settings: Settings;
}

const ordinary = [1, 0, 0.5, 2, 10, 100, 1_000, 1e6];

/** A slope that does not carry a gauge from one side of a limit to the other within a test. */
const gentle = 0.0009765625;

function unique(values: readonly number[]): readonly number[] {
  return [...new Set(values.map((value) => Number(value.toPrecision(12))))];
}

/** A gauge that holds a time: it goes with the clock, so many seconds behind. */
export function isClock({ kind, metric }: Input): boolean {
  return kind === 'gauge' && /_timestamp_seconds$|_time_seconds$/.test(metric);
}

function within([low, high]: readonly [number, number], values: readonly number[]): readonly number[] {
  const inside = values.filter((value) => value >= low && value <= high);
  return inside.length > 0 ? inside : [Math.max(low, Math.min(high, 0))];
}

/**
 * @param constants numbers that the condition names: what is around them is where something happens
 * @param interval seconds between samples
 */
export function knobsOf(
  inputs: readonly Input[],
  constants: readonly number[],
  interval: number,
): readonly Knob[] {
  const around = constants.flatMap((each) => [each, each / 2, each * 2, each * 0.9, each * 1.1, each + 1]);
  return inputs.flatMap((input, index): Knob[] => {
    const knob = (kind: KnobKind, positions: readonly number[]): Knob => ({
      input: index,
      kind,
      positions: unique(positions),
    });
    const present = knob('present', [1, 0]);
    switch (input.kind) {
      case 'gauge': {
        const levels = isClock(input)
          ? [...around.map((each) => -each), 0, -60, -3600, -86_400]
          : [...ordinary, ...around];
        const slopes = isClock(input) ? [interval, 0] : [0, gentle, -gentle, 1, -1];
        return [knob('level', within(input.range, levels)), knob('slope', slopes), present];
      }
      case 'counter':
        return [
          knob('level', [
            interval,
            0,
            ...around.flatMap((each) => [each * interval, each]),
            1,
            10 * interval,
            1_000 * interval,
          ]),
          present,
        ];
      case 'histogram':
        return [
          knob(
            'place',
            Array.from({ length: input.buckets.length + 1 }, (_, each) => each),
          ),
          knob('count', [interval, 0, 1, 100 * interval]),
          present,
        ];
    }
  });
}

interface Turned {
  readonly level: number;
  readonly slope: number;
  readonly count: number;
  readonly place: number;
  readonly present: number;
}

function turned(knobs: readonly Knob[], settings: Settings, input: number): Turned {
  const found: Record<KnobKind, number> = { level: 0, slope: 0, count: 0, place: 0, present: 1 };
  for (const [index, knob] of knobs.entries())
    if (knob.input === input) found[knob.kind] = settings[index] ?? 0;
  return found;
}

/** Samples of a counter that goes on from phase to phase. */
function counting(
  phases: readonly { readonly samples: number; readonly step: number; readonly present: boolean }[],
): readonly Segment[] {
  let value = 0;
  return phases.map(({ samples, step, present }): Segment => {
    if (!present) return { kind: 'gap', samples };
    const made = line(value + step, step, samples - 1);
    // Added up one by one, so that the next stretch begins exactly where this one ends.
    for (let index = 0; index < samples; index += 1) value += step;
    return made;
  });
}

function gaugeSegments(
  input: Input,
  phases: readonly (Turned & { readonly samples: number })[],
): readonly Segment[] {
  let at = 0;
  return phases.map(({ samples, level, slope, present }): Segment => {
    const from = isClock(input) ? level + slope * at : level;
    at += samples;
    return present === 0 ? { kind: 'gap', samples } : line(from, slope, samples - 1);
  });
}

/** How many of a histogram's observations are at or below each bound, +Inf last; and their sum. */
function spread(
  { buckets }: Input,
  count: number,
  place: number,
): { readonly below: readonly number[]; readonly sum: number } {
  const lower = Math.floor(place);
  const beyond = count * (place - lower);
  const below = [...buckets, Infinity].map((_, index) =>
    index < lower ? 0 : index === lower ? count - beyond : count,
  );
  const bound = (index: number): number => buckets[index] ?? (buckets.at(-1) ?? 1) * 2;
  return { below, sum: (count - beyond) * bound(lower) + beyond * bound(lower + 1) };
}

function boundText(bound: number): string {
  return bound === Infinity ? '+Inf' : String(bound);
}

const boundLabels = new WeakMap<Input, ReadonlyMap<string, TestSeries['labels']>>();

/** The labels of a histogram's buckets, made once. */
function labelsOfBounds(input: Input): ReadonlyMap<string, TestSeries['labels']> {
  const known = boundLabels.get(input);
  if (known !== undefined) return known;
  const made = new Map(
    [...input.buckets, Infinity].map(boundText).map((le) => [le, new Map([...input.labels, ['le', le]])]),
  );
  boundLabels.set(input, made);
  return made;
}

/** The test series of an input that goes through phases. */
export function seriesOfInput(
  input: Input,
  index: number,
  knobs: readonly Knob[],
  phases: readonly Phase[],
): readonly TestSeries[] {
  const each = phases
    .filter(({ samples }) => samples > 0)
    .map(({ samples, settings }) => ({ samples, ...turned(knobs, settings, index) }));
  const { metric, labels } = input;
  switch (input.kind) {
    case 'gauge':
      return [{ metric, labels, segments: gaugeSegments(input, each) }];
    case 'counter':
      return [
        {
          metric,
          labels,
          segments: counting(
            each.map((phase) => ({ ...phase, step: phase.level, present: phase.present > 0 })),
          ),
        },
      ];
    case 'histogram': {
      const spreads = each.map((phase) => ({ ...phase, ...spread(input, phase.count, phase.place) }));
      const series = (
        suffix: string,
        own: TestSeries['labels'],
        step: (phase: (typeof spreads)[number]) => number,
      ): TestSeries => ({
        metric: `${metric}_${suffix}`,
        labels: own,
        segments: counting(
          spreads.map((phase) => ({ samples: phase.samples, step: step(phase), present: phase.present > 0 })),
        ),
      });
      return [
        ...[...labelsOfBounds(input).values()].map((own, position) =>
          series('bucket', own, ({ below }) => below[position] ?? 0),
        ),
        series('count', labels, ({ count }) => count),
        series('sum', labels, ({ sum }) => sum),
      ];
    }
  }
}
