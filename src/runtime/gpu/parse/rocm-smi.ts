import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readFanSpeed, readIndex, readName, readNumber } from './cell.js';
import type { Quantity } from './cell.js';
import { deviceOf } from './device-of.js';
import { isObject, readJson } from './json.js';
import type { JsonObject } from './json.js';
import { parseFault, spokenFault } from './tool-fault.js';

const tool = 'rocm-smi';

/** What it says of a device, by its words in lower case, without the colon that some end with: versions differ in both. */
type Words = ReadonlyMap<string, unknown>;

/** Reads what `rocm-smi --json` or `--csv` prints. The unit of a figure stands in its name. */
export function parseRocmSmi(text: string): GpuReading<GpuSample> {
  const json = readJson(text);
  const cards = isObject(json) ? cardsOfJson(json) : cardsOfCsv(text);
  const devices: GpuDevice[] = [];
  for (const [index, words] of cards) devices.push(deviceOfCard(index, words));
  if (devices.length === 0) {
    const fault = spokenFault(tool, text) ?? parseFault(tool, 'it lists no card');
    return { fault };
  }
  const system = isObject(json) ? wordsOf(json['system']) : new Map<string, unknown>();
  return { sample: { vendor: 'amd', driver: readName(system.get('driver version')), devices } };
}

function cardsOfJson(json: JsonObject): ReadonlyMap<string, Words> {
  const cards = new Map<string, Words>();
  for (const [card, figures] of Object.entries(json)) {
    const index = indexOf(card);
    if (index !== undefined && isObject(figures)) cards.set(index, wordsOf(figures));
  }
  return cards;
}

/** A row counts as a whole or not at all, as its figures would be given to the wrong names. */
function cardsOfCsv(text: string): ReadonlyMap<string, Words> {
  const cards = new Map<string, Words>();
  let header: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const cells = line.split(',');
    if (cells[0] === 'device') header = cells.map(wordOf);
    const index = indexOf(cells[0] ?? '');
    if (index !== undefined && cells.length === header.length && !cards.has(index))
      cards.set(index, new Map(header.map((word, at) => [word, cells[at]])));
  }
  return cards;
}

function indexOf(card: string): string | undefined {
  return card.startsWith('card') ? readIndex(card.slice('card'.length)) : undefined;
}

function wordsOf(figures: unknown): Words {
  if (!isObject(figures)) return new Map();
  return new Map(Object.entries(figures).map(([word, figure]) => [wordOf(word), figure]));
}

function wordOf(word: string): string {
  return word.trim().replace(/:$/, '').toLowerCase();
}

function deviceOfCard(index: string, words: Words): GpuDevice {
  const read = (
    quantity: Quantity,
    unit: string | undefined,
    ...names: readonly string[]
  ): number | undefined =>
    names.map((name) => readNumber(words.get(name), quantity, unit)).find((figure) => figure !== undefined);
  const heat = (sensor: string): number | undefined =>
    read('celsius', 'C', `temperature (sensor ${sensor}) (c)`);
  const clock = (name: string): number | undefined =>
    readNumber(withoutBrackets(words.get(`${name} clock speed`)), 'hertz');
  return deviceOf({
    index,
    uuid: readName(words.get('unique id')),
    name: readModel(words.get('card series')) ?? readModel(words.get('device name')),
    utilization: { general: read('ratio', '%', 'gpu use (%)') },
    // Until ROCm 6.0 the name of the activity of memory; what is allocated of it has another name, and is not meant here.
    memoryBandwidth: read('ratio', '%', 'gpu memory read/write activity (%)', 'gpu memory use (%)'),
    memory: {
      used: read('bytes', 'B', 'vram total used memory (b)'),
      total: read('bytes', 'B', 'vram total memory (b)'),
    },
    temperature: { core: heat('edge'), hotspot: heat('junction'), memory: heat('memory') },
    fanSpeed: readFanSpeed(words.get('fan speed (%)'), '%'),
    power: read(
      'watts',
      'W',
      'average graphics package power (w)',
      'current socket graphics package power (w)',
    ),
    powerLimit: read('watts', 'W', 'max graphics package power (w)'),
    energy: read('joules', 'uJ', 'accumulated energy (uj)'),
    clocks: { graphics: clock('sclk'), memory: clock('mclk'), video: clock('vclk') },
    pcieReplays: read('count', undefined, 'pcie replay count'),
  });
}

/** Clocks are told as `(300Mhz)`. */
function withoutBrackets(cell: unknown): string | undefined {
  return typeof cell === 'string' ? /^\((.*)\)$/.exec(cell)?.[1] : undefined;
}

/** Where it does not know the model, it prints the number of the vendor. */
function readModel(cell: unknown): string | undefined {
  const name = readName(cell);
  return name?.startsWith('0x') === true ? undefined : name;
}
