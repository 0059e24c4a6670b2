import type { GpuDevice, GpuProcess, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readFanSpeed, readFlag, readIndex, readName, readNumber } from './cell.js';
import type { Quantity } from './cell.js';
import { deviceOf } from './device-of.js';
import type { Figures } from './device-of.js';
import { arrayOf, isObject, memberOf, readJson } from './json.js';
import { readPid } from './nvidia-processes.js';
import { parseFault, spokenFault } from './tool-fault.js';

const tool = 'amd-smi';

/**
 * Reads what `amd-smi metric --json` prints, and `static`, `list` and `process`: an array of devices, since ROCm 7 as `gpu_data`.
 * A figure is `{ value, unit }`, a number, or `"N/A"`; a group of figures may be `"N/A"` too, as of the second partition of a device.
 */
export function parseAmdSmi(text: string): GpuReading<GpuSample> {
  const json = readJson(text);
  const entries = Array.isArray(json) ? arrayOf(json) : arrayOf(memberOf(json, 'gpu_data'));
  const devices = new Map<string, GpuDevice>();
  let driver: string | undefined;
  for (const entry of entries) {
    const index = readIndex(memberOf(entry, 'gpu'));
    if (index === undefined || devices.has(index)) continue;
    devices.set(index, deviceOfEntry(index, entry));
    driver ??= readName(memberOf(entry, 'driver', 'version'));
  }
  if (devices.size === 0) {
    const what = json === undefined ? 'it printed no JSON' : 'its JSON lists no device';
    return { fault: spokenFault(tool, text) ?? parseFault(tool, what) };
  }
  return { sample: { vendor: 'amd', driver, devices: [...devices.values()] } };
}

function deviceOfEntry(index: string, entry: unknown): GpuDevice {
  const read = (
    quantity: Quantity,
    unit: string | undefined,
    ...path: readonly string[]
  ): number | undefined => readFigure(memberOf(entry, ...path), quantity, unit);
  const first = (
    quantity: Quantity,
    unit: string,
    ...paths: readonly (readonly string[])[]
  ): number | undefined =>
    paths.map((path) => read(quantity, unit, ...path)).find((figure) => figure !== undefined);
  const vram = (name: string): number | undefined =>
    first('bytes', 'MB', ['mem_usage', name], ['fb_usage', name]);
  const clock = (name: string): number | undefined =>
    first('hertz', 'MHz', ['clock', `${name}_0`, 'clk'], ['clock', name, 'clk'], ['clock', name, 'cur_clk']);
  const fan = memberOf(entry, 'fan', 'usage');
  return deviceOf({
    index,
    uuid: readName(memberOf(entry, 'uuid')) ?? readName(memberOf(entry, 'asic', 'asic_serial')),
    name: readName(memberOf(entry, 'asic', 'market_name')),
    utilization: { general: read('ratio', '%', 'usage', 'gfx_activity') },
    memoryBandwidth: read('ratio', '%', 'usage', 'umc_activity'),
    memory: { used: vram('used_vram'), free: vram('free_vram'), total: vram('total_vram') },
    temperature: {
      core: read('celsius', 'C', 'temperature', 'edge'),
      hotspot: read('celsius', 'C', 'temperature', 'hotspot'),
      memory: read('celsius', 'C', 'temperature', 'mem'),
    },
    fanSpeed: isObject(fan) ? readFanSpeed(fan['value'], textOf(fan['unit'])) : readFanSpeed(fan, '%'),
    power: first(
      'watts',
      'W',
      ['power', 'socket_power'],
      ['power', 'current_socket_power'],
      ['power', 'average_socket_power'],
    ),
    // What it may draw now, where that is told, is at most what it may be given.
    powerLimit: first(
      'watts',
      'W',
      ['power', 'power_limit'],
      ['limit', 'ppt0', 'socket_power_limit'],
      ['limit', 'socket_power'],
      ['limit', 'ppt0', 'max_power_limit'],
      ['limit', 'max_power'],
    ),
    energy: read('joules', 'J', 'energy', 'total_energy_consumption'),
    clocks: { graphics: clock('gfx'), memory: clock('mem'), video: clock('vclk') },
    throttled: throttledOf(entry),
    ecc: {
      corrected: read('count', undefined, 'ecc', 'total_correctable_count'),
      uncorrected: read('count', undefined, 'ecc', 'total_uncorrectable_count'),
    },
    pcieReplays: read('count', undefined, 'pcie', 'replay_count'),
    processes: processesOf(entry),
  });
}

/** @param unit that a number has which is told without one */
function readFigure(figure: unknown, quantity: Quantity, unit: string | undefined): number | undefined {
  if (!isObject(figure)) return readNumber(figure, quantity, unit);
  return readNumber(figure['value'], quantity, textOf(figure['unit']));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Devices of the data centre tell why; others whether. */
function throttledOf(entry: unknown): Figures['throttled'] {
  const violated = (name: string): boolean | undefined =>
    readFlag(memberOf(entry, 'throttle', `${name}_violation_status`));
  const hot = ['socket_thermal', 'vr_thermal', 'hbm_thermal'].map(violated).filter((is) => is !== undefined);
  return {
    power_cap: violated('ppt'),
    thermal: hot.length === 0 ? undefined : hot.includes(true),
    hw_thermal: violated('prochot'),
    other: isObject(memberOf(entry, 'throttle'))
      ? undefined
      : throttleStatus(memberOf(entry, 'power', 'throttle_status')),
  };
}

function throttleStatus(status: unknown): boolean | undefined {
  if (status === 'THROTTLED') return true;
  return status === 'UNTHROTTLED' ? false : undefined;
}

function processesOf(entry: unknown): readonly GpuProcess[] | undefined {
  const processes: GpuProcess[] = [];
  for (const item of arrayOf(memberOf(entry, 'process_list'))) {
    const process = memberOf(item, 'process_info');
    const pid = readPid(memberOf(process, 'pid'));
    const used = readFigure(memberOf(process, 'memory_usage', 'vram_mem'), 'bytes', 'B');
    if (pid !== undefined && used !== undefined) processes.push({ pid, used });
  }
  return processes.length === 0 ? undefined : processes;
}
