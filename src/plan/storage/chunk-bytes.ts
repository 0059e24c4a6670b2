import { hashOf, randomFrom } from '../../preview/sample/noise.js';
import { XorChunk } from '../../preview/sample/blocks/xor-chunk.js';
import { processLife } from '../expected/rows.js';
import type { Motion } from './motion.js';

/** Chunks that are encoded to know what one costs: the values are made up, and one chunk is larger than another. */
const trials = 6;
/** Scrapes are written down at the time that they were planned for: distances do not change. */
const epoch = Date.UTC(2026, 0, 1);
/** Above it a Poisson distribution is as good as a normal one. */
const many = 40;

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How many events come, of so many on average. */
function poisson(mean: number, random: () => number): number {
  if (mean > many) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count += 1;
  return count;
}

/** Values of a motion, one an interval, of a process in the middle of its life. */
export function valuesOf(
  motion: Motion,
  interval: number,
  count: number,
  random: () => number,
): Float64Array {
  const values = new Float64Array(count);
  let level = 'perSecond' in motion ? Math.round((motion.perSecond * processLife) / 2) : 0;
  for (let index = 0; index < count; index += 1) {
    switch (motion.kind) {
      case 'still':
        break;
      case 'events':
        level += poisson(motion.perSecond * interval, random);
        break;
      case 'amounts':
        for (let left = poisson(motion.perSecond * interval, random); left > 0; left -= 1) level += random();
        break;
      case 'whole':
        level = Math.round(motion.size * (1 + 0.2 * gaussian(random)));
        break;
      case 'real':
        level = 1 + 0.2 * gaussian(random);
        break;
    }
    values[index] = level;
  }
  return values;
}

const chunk = new XorChunk();
const known = new Map<string, number>();

/**
 * Bytes of a chunk of a series, without what stands around it: made-up values, encoded as Prometheus encodes them.
 * @param interval seconds between samples
 * @param samples of the chunk
 */
export function chunkBytes(motion: Motion, interval: number, samples: number): number {
  // Loads that differ by a tenth cost the same.
  const mean = 'perSecond' in motion ? Math.round(10 * Math.log2(motion.perSecond * interval)) : 0;
  const key = [motion.kind, 'size' in motion ? motion.size : mean, interval, samples].join(' ');
  const found = known.get(key);
  if (found !== undefined) return found;
  const random = randomFrom(hashOf(key, 1));
  const rounded: Motion =
    'perSecond' in motion ? { ...motion, perSecond: 2 ** (mean / 10) / interval } : motion;
  const times = Float64Array.from(
    { length: samples },
    (_, index) => epoch + Math.round(index * interval * 1000),
  );
  let sum = 0;
  for (let trial = 0; trial < trials; trial += 1)
    sum += chunk.encode(times, valuesOf(rounded, interval, samples, random), 0, samples).length;
  const bytes = sum / trials;
  known.set(key, bytes);
  return bytes;
}
