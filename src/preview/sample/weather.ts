import { roughness, randomFrom, wave } from './noise.js';
import type { Times } from './times.js';

/** When something went wrong, in seconds, and how badly, from 0 to 1. */
export interface Incident {
  readonly from: number;
  readonly until: number;
  readonly depth: number;
}

/** What all series of a service have in common at the shared times. */
export interface Weather {
  /** Load, about 1 on average: more by day than by night, less at weekends. */
  readonly load: Float64Array;
  /** How bad things are, from 0 to 1. */
  readonly trouble: Float64Array;
  readonly incidents: readonly Incident[];
  /** Small changes between -1 and 1, which each thing reads from a place of its own. */
  readonly moods: Float64Array;
  /** When the running processes started, one instance after the other, in seconds, and those before them. */
  readonly deployments: readonly number[];
}

const minute = 60;
const hour = 3600;
const day = 86_400;

/** The last incident lies within the last hour, where every dashboard shows it; older ones are smaller. */
function incidentsBefore(end: number, seed: number): readonly Incident[] {
  const next = randomFrom(seed);
  const older = Array.from({ length: 6 }, (_, index): Incident => {
    const from = Math.round(end - (27 - 4.4 * index + 2 * next()) * day);
    return { from, until: from + Math.round((8 + 20 * next()) * minute), depth: 0.2 + 0.4 * next() };
  });
  return [...older, { from: end - 44 * minute, until: end - 16 * minute, depth: 1 }];
}

const ramp = 3 * minute;

function severity(incident: Incident, time: number): number {
  if (time <= incident.from || time >= incident.until) return 0;
  return incident.depth * Math.min(1, (time - incident.from) / ramp, (incident.until - time) / ramp);
}

/** The hour of the day and the day of the week in UTC: 1970 began on a Thursday. */
function rhythm(time: number): number {
  const hours = (time % day) / hour;
  const weekday = (Math.floor(time / day) + 4) % 7;
  const daily = 1 + 0.45 * Math.cos(((hours - 14) / 24) * 2 * Math.PI);
  return daily * (weekday === 0 || weekday === 6 ? 0.75 : 1.05);
}

/** A power of two, so that a place in them is a mask away. */
const moodCount = 1 << 14;

/** The index of a place in the moods. */
export function moodAt(place: number): number {
  return place & (moodCount - 1);
}

export function weatherAt({ at, end }: Times, seed: number): Weather {
  const incidents = incidentsBefore(end, seed);
  const load = new Float64Array(at.length);
  const trouble = new Float64Array(at.length);
  const moods = Float64Array.from(
    { length: moodCount },
    (_, index) => 0.65 * wave(seed + 11, index * 30, 900) + 0.35 * wave(seed + 12, index * 30, 95),
  );
  for (let index = 0; index < at.length; index += 1) {
    const time = at[index] ?? 0;
    load[index] = rhythm(time) * (1 + 0.12 * roughness(seed, time));
    trouble[index] = incidents.reduce((worst, each) => Math.max(worst, severity(each, time)), 0);
  }
  const deployments = [
    end - 47 * minute,
    end - 4 * day - 3 * hour,
    end - 11 * day - 5 * hour,
    end - 40 * day,
  ];
  return { load, trouble, moods, incidents, deployments };
}
