import type { Segment } from '../series.js';

/**
 * A stretch of a course: what happens between one sample and the next, `samples` times. For what is counted these are events, whole
 * numbers, so that counters add up exactly; for what is watched through time their proportion is the share of samples that are bad.
 */
export interface Phase {
  readonly samples: number;
  readonly good: number;
  readonly bad: number;
}

/** What happens to one group, from the first sample on, and how it is looked at. */
export interface Course {
  /** Seconds between samples. */
  readonly interval: number;
  /** Seconds between evaluations, a multiple of the interval. */
  readonly pace: number;
  /** Seconds before the first sample: time stamps cannot be old when the clock has just started. */
  readonly lead: number;
  /** What counters stand at in the beginning: at 0, rate() takes it that there was nothing before, else it extrapolates a little. */
  readonly start: number;
  readonly phases: readonly Phase[];
}

/** Seconds from the start to the last sample. */
export function lengthOf({ interval, lead, phases }: Course): number {
  return lead + interval * phases.reduce((sum, { samples }) => sum + samples, 0);
}

/**
 * Traffic with a share of bad events.
 * @param volume events between two samples
 * @param share 0 to 1; rounded to whole events
 */
export function traffic(samples: number, volume: number, share: number): Phase {
  const bad = Math.round(volume * share);
  return { samples, good: volume - bad, bad };
}

/** A time without any events. */
export function idle(samples: number): Phase {
  return { samples, good: 0, bad: 0 };
}

/**
 * Values of a counter that starts at `start` and grows by a step for every sample of each phase.
 * @param steps one for each phase, whole numbers
 */
export function counter(
  phases: readonly { readonly samples: number }[],
  steps: readonly number[],
  start = 0,
): readonly Segment[] {
  const segments: Segment[] = [];
  let value = start;
  phases.forEach(({ samples }, index) => {
    const step = steps[index] ?? 0;
    const isFirst = segments.length === 0;
    if (samples > 0) {
      segments.push({
        kind: 'line',
        from: isFirst ? value : value + step,
        step,
        more: isFirst ? samples : samples - 1,
      });
    }
    value += step * samples;
  });
  return segments;
}

/**
 * Which samples are bad, the first one included: as evenly spread over each phase as whole samples can be. The first sample of all
 * belongs to the first phase.
 */
export function badSamples(phases: readonly Phase[]): readonly boolean[] {
  const found: boolean[] = [];
  phases.forEach(({ samples, good, bad }, phase) => {
    const share = good + bad === 0 ? 0 : bad / (good + bad);
    const count = phase === 0 ? samples + 1 : samples;
    // The middle of a spell, so that a short phase of a small share has none at its edge.
    for (let index = 0; index < count; index += 1)
      found.push(Math.floor((index + 1) * share + 0.5) > Math.floor(index * share + 0.5));
  });
  return found;
}

/** Events since the start of a course, at its samples. */
export class Counted {
  readonly #phases: readonly Phase[];

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
  }

  /** @param sample whole number of intervals since the first sample */
  upTo(sample: number): { readonly good: number; readonly bad: number } {
    let [good, bad, rest] = [0, 0, sample];
    for (const phase of this.#phases) {
      if (rest <= 0) break;
      const part = Math.min(rest, phase.samples);
      good += part * phase.good;
      bad += part * phase.bad;
      rest -= part;
    }
    return { good, bad };
  }
}
