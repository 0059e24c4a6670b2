// The metrics of a service: what an update costs, what is kept, and what a scrape costs, next to the libraries that services use today.
import { beyondCap, cases as attack } from './metrics/attack.mjs';
import { compileHelpers } from './metrics/helpers.mjs';
import { cases as otlp } from './metrics/otlp.mjs';
import { libraries, prometheusClient, promClient } from './metrics/peers.mjs';
import { cases as processes } from './metrics/processes.mjs';
import { cases as retained } from './metrics/retained.mjs';
import { cases as rotation } from './metrics/rotation.mjs';
import { cases as scrape } from './metrics/scrape.mjs';
import { cases as single } from './metrics/single.mjs';

export const rounds = 5;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = { ...single, ...rotation, ...attack, ...otlp, ...retained, ...scrape, ...processes };

const otelSdk = '@opentelemetry/sdk-metrics';

/** The same figure of the same case of each library. */
const ofLibraries = (name, figure) =>
  Object.fromEntries(libraries.map((library) => [library, `${name}/${library}.${figure}`]));

const update = (name, title, more) => ({
  name: title,
  unit: 'ns',
  ours: `${name}/ours.ns`,
  peers: ofLibraries(name, 'ns'),
  ...more,
});

const bytes = (name, title) => ({ name: title, unit: 'B', ours: `${name}/ours.bytes`, goal: 0 });

const page = (name, title, more, goal) => ({
  name: title,
  unit: 'ms',
  ours: `${name}/ours.ms`,
  peers: ofLibraries('scrape', 'ms'),
  goals: { [promClient]: goal },
  ...more,
});

/** prom-client has nothing for threads: those are compared with its cluster. */
const merged = (name, title, goal) => ({
  name: title,
  unit: 'ms',
  ours: `${name}/ours.ms`,
  peers: ofLibraries('cluster', 'ms'),
  goals: { [promClient]: goal },
});

export const rows = [
  update('inc', 'inc, two closed labels', {
    floor: 'inc/floor.ns',
    goals: { [promClient]: 40, [prometheusClient]: 20, floor: 3 },
  }),
  update('inc-bound', 'inc, bound handle', { floor: 'inc/floor.ns' }),
  update('inc-fresh', 'inc, labels cut out of a text', { floor: 'inc-fresh/floor.ns' }),
  update('observe', 'observe, two closed labels, 12 buckets', {
    floor: 'observe/floor.ns',
    goals: { [promClient]: 40, floor: 2.5 },
  }),
  { name: 'observe, bound handle', unit: 'ns', ours: 'observe-bound/ours.ns', floor: 'observe/floor.ns' },
  { name: 'set, two closed labels', unit: 'ns', ours: 'set/ours.ns' },
  { name: 'set, bound handle', unit: 'ns', ours: 'set-bound/ours.ns' },
  update('open', 'inc, an open label of 40 values', { floor: 'open/floor.ns', goals: { floor: 1.5 } }),
  update('two-open', 'inc, two open labels'),
  update('rotation', '36 metrics in rotation, by strings', { goals: { [promClient]: 10 } }),
  {
    name: '36 metrics in rotation, by bound handles',
    unit: 'ns',
    ours: 'rotation-bound/ours.ns',
    peers: ofLibraries('rotation', 'ns'),
    goals: { [promClient]: 20 },
  },
  update('rotation-bound', '36 metrics in rotation, by bound handles of both'),
  update('attack', 'inc, every value new', { peers: {}, floor: 'attack/floor.ns', goals: { floor: 2 } }),
  {
    name: 'inc, exported by an OpenTelemetry reader',
    unit: 'ns',
    ours: 'otlp/ours.ns',
    peers: { [otelSdk]: `otlp/${otelSdk}.ns` },
    goals: { [otelSdk]: 100 },
  },
  { name: "the harness's own part of a tight loop", unit: 'ns', ours: 'inc/harness.ns' },
  { name: "the harness's own part of the rotation", unit: 'ns', ours: 'rotation/harness.ns' },
  bytes('inc', 'allocated by inc'),
  bytes('inc-bound', 'allocated by inc, bound handle'),
  bytes('observe', 'allocated by observe'),
  bytes('observe-bound', 'allocated by observe, bound handle'),
  bytes('set', 'allocated by set'),
  bytes('set-bound', 'allocated by set, bound handle'),
  bytes('open', 'allocated by inc, an open label'),
  bytes('two-open', 'allocated by inc, two open labels'),
  bytes('rotation', 'allocated by an update in the rotation'),
  bytes('rotation-bound', 'allocated by an update in the rotation, bound handles'),
  ...['counter', 'histogram'].map((kind) => ({
    name:
      kind === 'counter'
        ? 'kept for a counter, texts of labels aside'
        : 'kept for a histogram of 12 buckets, texts aside',
    unit: 'B',
    ours: `retained/ours.${kind}`,
    peers: ofLibraries('retained', kind),
    ...(kind === 'counter' ? { goals: { [promClient]: 8 } } : {}),
  })),
  {
    name: 'kept for 50,000 counters and 10,000 histograms',
    unit: 'MB',
    ours: 'retained/ours.mb',
    peers: ofLibraries('retained', 'mb'),
  },
  {
    name: 'the same after a scrape',
    unit: 'MB',
    ours: 'retained/ours.scrapedMb',
    peers: ofLibraries('retained', 'scrapedMb'),
  },
  { name: 'a million values, cap 100: series', unit: '', ours: 'million/ours.series', goal: 101 },
  {
    name: 'a million values, cap 100: events not in the total',
    unit: '',
    ours: 'million/ours.lost',
    goal: 0,
  },
  { name: 'a million values, cap 100: kept', unit: 'MB', ours: 'million/ours.mb', goal: 5 },
  {
    name: 'a million values, cap 100: counted as overflow',
    unit: '',
    ours: 'million/ours.overflow',
    goal: beyondCap,
    atLeast: true,
  },
  page('scrape-all', 'scrape of 100,000 lines, all rows changed', { floor: 'scrape/floor.ms' }, 10),
  page('scrape-few', 'scrape of 100,000 lines, 5% of the rows changed', { floor: 'scrape/floor.ms' }, 100),
  page('scrape-registry', "the same through prom-client's register.metrics(), all rows changed", {}, 5),
  ...['all', 'few'].map((share) => ({
    name: `longest block of the event loop, ${share === 'all' ? 'all' : '5% of the'} rows changed`,
    unit: 'ms',
    ours: `scrape-${share}/ours.block`,
    peers: ofLibraries('scrape', 'block'),
    goal: 5,
  })),
  {
    name: 'the worst of all scrapes',
    unit: 'ms',
    ours: 'scrape-all/ours.worst',
    peers: ofLibraries('scrape', 'worst'),
  },
  merged('cluster', 'page of 8 processes with 10,000 lines each: time of the primary', 10),
  merged('threads', 'page of 8 threads with 10,000 lines each: time of the main thread', 50),
];
