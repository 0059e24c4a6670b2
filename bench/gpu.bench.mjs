// The GPU collector beside the work of a service: for how long it holds the event loop, what memory it takes, its share of a core, where
// the vendor's tool is sound and where it is not. Tools are replayed, with eight devices, or behave badly.
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseAmdSmi } from '../dist/runtime/gpu/parse/amd-smi.js';
import { parseNvidiaCsv } from '../dist/runtime/gpu/parse/nvidia-csv.js';
import { parseNvidiaXml } from '../dist/runtime/gpu/parse/nvidia-xml.js';
import { collect } from './gpu/collect.mjs';
import { amd, csv, csvFields, xmlOfOne } from './gpu/replayed.mjs';
import { writeTools } from './gpu/tools.mjs';

export const rounds = 2;

export function prepare() {
  return writeTools();
}

export function cleanUp({ folder }) {
  rmSync(folder, { recursive: true });
}

/** Seconds for which a tool that is sound is watched, with a reading in each. */
const watched = 2.5;
/** Seconds between two readings where a spec says nothing of it. */
const usual = 15;
/** Seconds between two readings, and of all of them, where the cost of one is measured. */
const [often, long] = [0.25, 4];
/** Seconds after which a tool is given up that does not fail as it should. */
const patience = 6;

const vendorOf = (tool) => (tool === 'amd-smi' ? 'amd' : 'nvidia');

function optionsOf({ paths }, tool, interval) {
  const command = paths[tool] ?? '/nowhere/nvidia-smi';
  const source = tool === 'amd-smi' ? 'amd-smi' : 'nvidia-smi';
  return { vendor: vendorOf(tool), source, command, interval, timeout: 5 };
}

function requireSound(figures) {
  // Where the machine is busy, its first answer may be late, which is told.
  if (figures.devices !== 8 || figures.failures.some(({ failure }) => failure !== 'timeout'))
    throw new Error(JSON.stringify(figures));
  return figures;
}

async function sound(data, tool) {
  return requireSound(await collect(optionsOf(data, tool, 1), watched));
}

/**
 * What a reading costs once the tool runs, as a share of a core at an interval of 15 s, in per cent: readings are taken more often than
 * that, for as much as runs between them costs less than is seen in a minute. `begin`: what it has cost until the first one, in milliseconds.
 */
async function cost(data, tool) {
  const { samples, work, period, begin } = requireSound(
    await collect(optionsOf(data, tool, often), long, { isWatched: false }),
  );
  const idle = await collect(undefined, 2, { isWatched: false });
  const own = work - (idle.work / idle.period) * period;
  const reading = Math.max(0, own) / (samples - 1);
  return { share: (reading / usual) * 100, reading: reading * 1000, begin: begin * 1000 };
}

/** A tool that is not sound, until that is told and a little longer; `told` is when it was, in seconds. */
async function broken(data, tool, failure) {
  let since;
  const isOver = ({ failures }) => {
    if (failures.length > 0) since ??= performance.now();
    return since !== undefined && performance.now() - since > 400;
  };
  const figures = await collect(optionsOf(data, tool, 1), patience, { isOver });
  const [first] = figures.failures;
  if (first?.failure !== failure) throw new Error(JSON.stringify(figures));
  return { ...figures, told: first.after };
}

/** Milliseconds of work that reading an output takes, the first time that a process does it. */
function reading(devices, parse, ...values) {
  const before = process.cpuUsage();
  const { sample } = parse(...values);
  const { user, system } = process.cpuUsage(before);
  if (sample?.devices.length !== devices) throw new Error('not all devices were read');
  return { ms: (user + system) / 1000 };
}

const faults = {
  sleeps: 'timeout',
  floods: 'output',
  'floods with rows': 'output',
  dies: 'exit',
  'is missing': 'not_found',
};

export const cases = {
  idle: () => collect(undefined, watched),
  'nvidia-smi': (data) => sound(data, 'nvidia-smi'),
  'nvidia-smi cost': (data) => cost(data, 'nvidia-smi'),
  'amd-smi': (data) => sound(data, 'amd-smi'),
  'amd-smi cost': (data) => cost(data, 'amd-smi'),
  ...Object.fromEntries(
    Object.entries(faults).map(([tool, failure]) => [tool, (data) => broken(data, tool, failure)]),
  ),
  'read csv': () => reading(8, parseNvidiaCsv, csv, csvFields),
  'read xml': () => reading(1, parseNvidiaXml, xmlOfOne),
  'read amd': () => reading(8, parseAmdSmi, amd),
};

const watchedRows = (name, title) => [
  { name: `event loop held at most, ${title}`, unit: 'ms', ours: `${name}.own`, floor: 'idle.own', goal: 20 },
  {
    name: `the same with what the machine did meanwhile, ${title}`,
    unit: 'ms',
    ours: `${name}.wall`,
    floor: 'idle.wall',
  },
  {
    name: `delay of the event loop by perf_hooks, ${title}`,
    unit: 'ms',
    ours: `${name}.delay`,
    floor: 'idle.delay',
  },
  { name: `memory, ${title}`, unit: 'MiB', ours: `${name}.grown`, floor: 'idle.grown', goal: 50 },
];

const costRows = (tool, goal) => [
  { name: `share of a core at an interval of 15 s, ${tool}`, unit: '%', ours: `${tool} cost.share`, goal },
  { name: `work of one reading of eight devices, ${tool}`, unit: 'ms', ours: `${tool} cost.reading` },
  { name: `work until the first one, ${tool}`, unit: 'ms', ours: `${tool} cost.begin` },
];

export const rows = [
  ...watchedRows('nvidia-smi', 'nvidia-smi each second'),
  ...watchedRows('amd-smi', 'amd-smi each second'),
  ...Object.keys(faults).flatMap((tool) => [
    ...watchedRows(tool, `a tool that ${tool}`),
    { name: `until it is told, a tool that ${tool}`, unit: 's', ours: `${tool}.told`, goal: 3 },
  ]),
  ...costRows('nvidia-smi', 0.1),
  // It is started for each reading.
  ...costRows('amd-smi', 0.1),
  { name: 'first reading of eight devices, nvidia-smi as CSV', unit: 'ms', ours: 'read csv.ms', goal: 20 },
  {
    name: 'first reading of one device, which is a turn, nvidia-smi as XML',
    unit: 'ms',
    ours: 'read xml.ms',
    goal: 20,
  },
  { name: 'first reading of eight devices, amd-smi', unit: 'ms', ours: 'read amd.ms', goal: 20 },
];
