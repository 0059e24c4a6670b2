import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readIndex, readName, readNumber } from './cell.js';
import type { Quantity } from './cell.js';
import { deviceOf, sumOf } from './device-of.js';
import { arrayOf, isObject, memberOf, readJson } from './json.js';
import type { JsonObject } from './json.js';
import { parseFault, spokenFault } from './tool-fault.js';

const tool = 'xpu-smi';

/** A figure by any of its names; the unit is that of the name. */
type Read = (quantity: Quantity, unit: string | undefined, ...names: readonly string[]) => number | undefined;

/** Reads what `xpu-smi` prints: of `stats` and `discovery` as JSON, of `stats` as a table, of `dump` as CSV. */
export function parseXpuSmi(text: string): GpuReading<GpuSample> {
  const json = readJson(text);
  const devices = json === undefined ? devicesOfText(text) : devicesOfJson(json);
  if (devices.length === 0) {
    return { fault: spokenFault(tool, text) ?? parseFault(tool, 'it lists no device') };
  }
  return { sample: { vendor: 'intel', devices } };
}

/** One device, or a list of some. Devices of which there are no figures tell who they are. */
function devicesOfJson(json: unknown): readonly GpuDevice[] {
  const listed = [json, ...arrayOf(json), ...arrayOf(memberOf(json, 'device_list'))];
  const devices = new Map<string, GpuDevice>();
  for (const entry of listed) {
    const index = readIndex(memberOf(entry, 'device_id'));
    if (index !== undefined && isObject(entry) && !devices.has(index))
      devices.set(index, deviceOfJson(index, entry));
  }
  return [...devices.values()];
}

function deviceOfJson(index: string, entry: JsonObject): GpuDevice {
  const figures = new Map<string, unknown>();
  for (const figure of arrayOf(entry['device_level'])) {
    const name = memberOf(figure, 'metrics_type');
    if (typeof name === 'string' && !figures.has(name)) figures.set(name, memberOf(figure, 'value'));
  }
  const read: Read = (quantity, unit, ...names) =>
    firstOf(names, (name) => readNumber(figures.get(`XPUM_STATS_${name}`), quantity, unit));
  const engines = (kind: string): number | undefined =>
    busiestOf(
      arrayOf(memberOf(entry, 'engine_util', kind)).map((each) =>
        readNumber(memberOf(each, 'value'), 'ratio', '%'),
      ),
    );
  const errors = (kind: string): number | undefined =>
    sumOf(
      read('count', undefined, `RAS_ERROR_CAT_CACHE_ERRORS_${kind}`),
      read('count', undefined, `RAS_ERROR_CAT_NON_COMPUTE_ERRORS_${kind}`),
    );
  return deviceOf({
    index,
    uuid: readName(entry['uuid']),
    name: readName(entry['device_name']),
    utilization: {
      general: read('ratio', '%', 'GPU_UTILIZATION'),
      encoder: engines('encoder'),
      decoder: engines('decoder'),
    },
    memoryBandwidth: read('ratio', '%', 'MEMORY_BANDWIDTH'),
    memory: {
      used: read('bytes', 'MiB', 'MEMORY_USED'),
      total: readNumber(entry['memory_physical_size_byte'], 'bytes', 'B'),
    },
    temperature: {
      core: read('celsius', 'C', 'GPU_CORE_TEMPERATURE', 'GPU_TEMPERATURE'),
      memory: read('celsius', 'C', 'MEMORY_TEMPERATURE'),
    },
    power: read('watts', 'W', 'POWER'),
    clocks: {
      graphics: read('hertz', 'MHz', 'GPU_FREQUENCY'),
      video: read('hertz', 'MHz', 'MEDIA_ENGINE_FREQUENCY'),
    },
    ecc: { corrected: errors('CORRECTABLE'), uncorrected: errors('UNCORRECTABLE') },
  });
}

/** Cells by their name in lower case, without the unit that it ends with. */
type Cells = ReadonlyMap<string, { readonly cell: string; readonly unit: string | undefined }>;

function devicesOfText(text: string): readonly GpuDevice[] {
  const rows = text.includes('|') ? rowsOfTable(text) : rowsOfDump(text);
  return [...rows].map(([index, cells]) => deviceOfCells(index, cells));
}

/** The last row of each device; rows of more or fewer cells than the header has are none. */
function rowsOfDump(text: string): ReadonlyMap<string, Cells> {
  const rows = new Map<string, Cells>();
  let header: readonly (readonly [name: string, unit: string | undefined])[] = [];
  for (const line of text.split(/\r?\n/)) {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells[0] === 'Timestamp') header = cells.map(nameOf);
    const device = header.findIndex(([name]) => name === 'deviceid');
    const index = readIndex(cells[device]);
    if (index === undefined || cells.length !== header.length) continue;
    rows.set(index, new Map(header.map(([name, unit], at) => [name, { cell: cells[at] ?? '', unit }])));
  }
  return rows;
}

/** One device: names on the left, and figures on the right. */
function rowsOfTable(text: string): ReadonlyMap<string, Cells> {
  const cells = new Map<string, { readonly cell: string; readonly unit: string | undefined }>();
  for (const line of text.split(/\r?\n/)) {
    const [, left, right] = /^\|([^|]*)\|([^|]*)\|\s*$/.exec(line) ?? [];
    if (left === undefined || right === undefined) continue;
    const [name, unit] = nameOf(left);
    if (name !== '' && !cells.has(name)) cells.set(name, { cell: right.trim(), unit });
  }
  const index = readIndex(cells.get('device id')?.cell);
  return new Map(index === undefined ? [] : [[index, cells]]);
}

/** `GPU Core Temperature (Celsius Degree)`: a name, and the unit of its figures. */
function nameOf(header: string): readonly [name: string, unit: string | undefined] {
  const [, name = '', unit] = /^([^()]*?)\s*(?:\(([^()]*)\))?$/.exec(header.trim()) ?? [];
  return [name.toLowerCase(), unit === 'Celsius Degree' ? 'C' : unit];
}

function deviceOfCells(index: string, cells: Cells): GpuDevice {
  const read: Read = (quantity, unit, ...names) =>
    firstOf(names, (name) => {
      const found = cells.get(name);
      return readNumber(found?.cell, quantity, found?.unit ?? unit);
    });
  const engines = (name: string): number | undefined =>
    busiestOf(
      [...(cells.get(name)?.cell ?? '').matchAll(/\bEngine \d{1,3}: (\d{1,3}(?:\.\d{1,6})?)(?=[,;]|$)/g)].map(
        ([, figure]) => readNumber(figure, 'ratio', '%'),
      ),
    );
  const errors = (kind: string): number | undefined =>
    sumOf(
      read('count', undefined, `cache errors ${kind}`),
      read('count', undefined, `mem errors ${kind}`, `memory errors ${kind}`),
    );
  return deviceOf({
    index,
    utilization: {
      // In the table, the rest of the name stands in the next line.
      general: read(
        'ratio',
        '%',
        'gpu utilization',
        'average % utilization of all gpu engines',
        'average % utilization of',
      ),
      encoder: engines('encoder engine util'),
      decoder: engines('decoder engine util'),
    },
    memoryBandwidth: read('ratio', '%', 'gpu memory bandwidth utilization', 'gpu memory bandwidth'),
    memory: { used: read('bytes', undefined, 'gpu memory used') },
    temperature: {
      core: read('celsius', undefined, 'gpu core temperature'),
      memory: read('celsius', undefined, 'gpu memory temperature'),
    },
    power: read('watts', undefined, 'gpu power'),
    energy: read('joules', undefined, 'gpu energy consumed'),
    clocks: {
      graphics: read('hertz', undefined, 'gpu frequency'),
      video: read('hertz', undefined, 'media engine frequency', 'media engine freq'),
    },
    ecc: { corrected: errors('correctable'), uncorrected: errors('uncorrectable') },
  });
}

function firstOf(names: readonly string[], read: (name: string) => number | undefined): number | undefined {
  return names.map(read).find((figure) => figure !== undefined);
}

/** Of several engines of one kind, the one that worked most. */
function busiestOf(shares: readonly (number | undefined)[]): number | undefined {
  const known = shares.filter((share) => share !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
