import type { Motion } from '../storage/motion.js';

/** Who makes series. */
export const sources = [
  'service',
  'presets',
  'runtime',
  'scrape',
  'rules',
  'alerts',
  'spans',
  'parts',
] as const;
export type SeriesSource = (typeof sources)[number];

/** Series that move alike. */
export interface MovingSeries {
  readonly motion: Motion;
  /** How many are expected; a fraction where it is not certain that they are there. */
  readonly series: number;
}

/** Series of one metric or of one rule's name, in one region. */
export interface SeriesSet {
  readonly source: SeriesSource;
  /** The metric, the record, or the program that tells of itself. */
  readonly name: string;
  /** In the fullest region. */
  readonly worst: number;
  /** Likewise. */
  readonly expected: number;
  /** Those of each instance of the service; undefined where they do not grow with instances. */
  readonly ofInstance: { readonly worst: number; readonly expected: number } | undefined;
  /** Seconds between samples. */
  readonly interval: number;
  /** What is expected, by how it moves. */
  readonly moving: readonly MovingSeries[];
  /** Labels of a series, with its name, job and instance. */
  readonly labels: number;
  /** What the expectation rests on, for people. */
  readonly basis: string;
}

/** A set that stands for each instance of a region once. */
export function timesInstances(
  one: Omit<SeriesSet, 'worst' | 'expected' | 'ofInstance'> & {
    readonly worst: number;
    readonly expected: number;
  },
  instances: number,
): SeriesSet {
  return {
    ...one,
    worst: one.worst * instances,
    expected: one.expected * instances,
    ofInstance: { worst: one.worst, expected: one.expected },
    moving: one.moving.map(({ motion, series }) => ({ motion, series: series * instances })),
  };
}
