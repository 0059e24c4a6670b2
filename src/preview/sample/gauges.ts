import type { Metric } from '../../model/model.js';
import { hashOf, shareOf } from './noise.js';
import { sortedLabels, type Row } from './row.js';
import type { Times } from './times.js';
import { moodAt, type Weather } from './weather.js';

/** What a gauge shows at a time. */
interface Moment {
  /** Seconds since 1970. */
  readonly time: number;
  /** About 1. */
  load: number;
  /** 0 to 1. */
  trouble: number;
  /** -1 to 1, the row's own. */
  mood: number;
  /** How long ago the process was started, in seconds. */
  age: number;
}

type Curve = (moment: Moment) => number;

interface Subject {
  readonly name: string;
  readonly unit: string | undefined;
  readonly range: readonly [number, number] | undefined;
  readonly labels: readonly (readonly [string, string])[];
  /** 0 to 1, which tells rows apart. */
  readonly own: number;
}

const mebi = 1024 ** 2;

/** How large what is measured in bytes is as a whole. */
function wholeBytes(name: string): number {
  if (/gpu/.test(name)) return 80 * 1024 * mebi;
  if (/virtual/.test(name)) return 1200 * mebi;
  if (/heap_space/.test(name)) return 48 * mebi;
  if (/heap/.test(name)) return 160 * mebi;
  return /resident/.test(name) ? 320 * mebi : 96 * mebi;
}

function bytes({ name, own }: Subject): Curve {
  const whole = wholeBytes(name);
  if (/total|limit|max|capacity/.test(name)) return () => whole;
  if (/reserved/.test(name)) return () => 0.01 * whole;
  const share = /available|free/.test(name) ? 0.2 : 0.55;
  return ({ load, mood, age }) =>
    Math.round(
      whole * (share + 0.1 * own + 0.06 * (load - 1) + 0.04 * mood + 0.06 * Math.min(1, age / 172_800)),
    );
}

function ratio({ name, own }: Subject): Curve {
  if (/reconcil/.test(name)) return ({ mood }) => 1.01 + 0.02 * mood;
  if (/remaining|left|success|available/.test(name)) {
    const usual = /success/.test(name) ? 0.985 : 0.72;
    return ({ load, trouble, mood }) =>
      usual - 0.08 * (load - 1) * (usual < 0.9 ? 1 : 0) - 0.35 * trouble + 0.01 * mood;
  }
  return ({ load, trouble, mood }) => 0.35 + 0.15 * own + 0.2 * (load - 1) + 0.25 * trouble + 0.08 * mood;
}

function seconds({ name, own }: Subject): Curve {
  if (/stddev|min/.test(name)) return ({ mood }) => 0.0006 + 0.0002 * mood;
  if (/lag|delay/.test(name)) {
    const size = /max/.test(name) ? 0.09 : /p99/.test(name) ? 0.03 : /p90/.test(name) ? 0.008 : 0.003;
    return ({ load, trouble, mood }) => size * (load + 0.4 * mood + 5 * trouble);
  }
  if (/age|oldest/.test(name))
    return ({ load, trouble, mood }) => (4 + 4 * own) * load * (1 + 0.6 * mood) + 95 * trouble;
  return ({ load, trouble, mood }) => 0.5 * load * (1 + 0.4 * mood) + 2 * trouble;
}

/** When something last came about: again and again, or at the start of the process. */
function timestamp({ name, own }: Subject): Curve {
  if (/start/.test(name)) return ({ time, age }) => time - age;
  const period = /collector|success/.test(name) ? 30 : 5400;
  return ({ time }) => time - ((time + own * period) % period);
}

function state({ name, labels, own }: Subject): Curve {
  if (/stuck|throttled|recovery|remapped/.test(name)) return () => 0;
  if (/_up$|^up$|health|available|ready/.test(name)) {
    // The least important of several things is the one that fails.
    const fails = own > 0.85 && labels.length > 2;
    return ({ trouble }) => (fails && trouble > 0.9 ? 0 : 1);
  }
  return () => 1;
}

/** Things that are counted: waiting, running, open. */
function count({ name, labels, own }: Subject): Curve {
  const values = new Map(labels);
  if (/max_fds/.test(name)) return () => 65_536;
  if (/fds/.test(name)) return ({ load, mood }) => Math.round(38 + 8 * load + 3 * mood);
  if (/capacity|limit|max/.test(name)) return () => 200;
  if (/depth|waiting|pending|backlog/.test(name))
    return ({ load, trouble, mood }) =>
      Math.max(0, Math.round((3 + 4 * own) * load * (1 + mood) + 55 * trouble));
  if (values.get('state') === 'idle')
    return ({ load, trouble, mood }) =>
      Math.max(trouble > 0.5 ? 0 : 1, Math.round(8 - 4 * load - mood - 6 * trouble));
  if (values.get('state') === 'busy')
    return ({ load, trouble, mood }) =>
      Math.min(trouble > 0.5 ? 8 : 7, Math.round(4 * load + mood + 6 * trouble));
  if (/documents|entries|size|keys/.test(name))
    return ({ time, mood }) => Math.round((2400 + 5200 * own) * (1 + 0.01 * mood) + (time % 604_800) / 900);
  if (/members|devices/.test(name)) return () => 2;
  return ({ load, trouble, mood }) =>
    Math.max(0, Math.round((2 + 4 * own) * load * (1 + 0.5 * mood) + 4 * trouble));
}

const special: readonly (readonly [words: RegExp, curve: (subject: Subject) => Curve])[] = [
  [/timestamp_seconds$|start_time_seconds$/, timestamp],
  [/_info$/, () => () => 1],
  [/budget_(?:usd|eur)|_budget$/, () => () => 400],
  [
    /learning_rate/,
    () =>
      ({ time }) =>
        3e-4 * (1 - (time % 86_400) / 96_000),
  ],
  [
    /loss/,
    ({ own }) =>
      ({ time, mood }) =>
        (0.4 + 0.2 * own) * (1 + 2 * Math.exp(-(time % 86_400) / 14_000)) + 0.02 * mood,
  ],
  [
    /gradient|norm/,
    () =>
      ({ mood }) =>
        0.9 + 0.3 * mood,
  ],
  [
    /score|accuracy/,
    ({ own }) =>
      ({ mood }) =>
        0.78 + 0.12 * own + 0.01 * mood,
  ],
];

const byUnit: Readonly<Record<string, (subject: Subject) => Curve>> = {
  bytes,
  ratio,
  seconds,
  celsius:
    ({ own }) =>
    ({ load, mood }) =>
      52 + 8 * own + 9 * (load - 1) + 2 * mood,
  watts: ({ name, own }) =>
    /limit/.test(name) ? () => 400 : ({ load, mood }) => 230 + 30 * own + 60 * (load - 1) + 12 * mood,
  hertz:
    ({ own }) =>
    ({ load, mood }) =>
      Math.round(1.4e9 + 2e8 * own + 5e7 * (load - 1) + 1e7 * mood),
};

function curveOf(subject: Subject): Curve {
  const { name, unit, range } = subject;
  const known = special.find(([words]) => words.test(name));
  if (known !== undefined) return known[1](subject);
  const ofUnit = unit === undefined ? undefined : byUnit[unit];
  if (ofUnit !== undefined) return ofUnit(subject);
  const isState = range?.[0] === 0 && range[1] <= 4;
  return isState || /_up$|^up$|health/.test(name) ? state(subject) : count(subject);
}

/** Without digits that nobody reads: they cost space. */
function rounded(value: number): number {
  const scale = Math.abs(value) < 1 ? 1e6 : Math.abs(value) < 1000 ? 1e3 : 1;
  return Math.round(value * scale) / scale;
}

/** A row of a gauge. */
export function gaugeRow(
  metric: Pick<Metric, 'name' | 'unit' | 'range'>,
  labels: Row['labels'],
  { times, weather, seed }: { readonly times: Times; readonly weather: Weather; readonly seed: number },
): Row {
  const identity = `${metric.name}|${labels.map(([name, value]) => `${name}=${value}`).join(',')}`;
  const own = hashOf(identity, seed);
  const curve = curveOf({ ...metric, labels, own: shareOf(identity, seed) });
  const [low, high] = metric.range ?? [-Infinity, Infinity];
  // Instances are started one after the other.
  const late = labels.some(([name, value]) => name === 'instance' && value.includes('-1')) ? 40 : 0;
  return {
    name: metric.name,
    labels: sortedLabels(labels),
    cumulative: false,
    fill(values, from, to) {
      for (let index = from; index < to; index += 1) {
        const time = times.at[index] ?? 0;
        const started = (weather.deployments.find((each) => each + late <= time) ?? 0) + late;
        const value = curve({
          time,
          load: weather.load[index] ?? 1,
          trouble: weather.trouble[index] ?? 0,
          mood: weather.moods[moodAt(index + own)] ?? 0,
          age: time - started,
        });
        values[index - from] = Math.min(high, Math.max(low, rounded(value)));
      }
    },
  };
}
