import type { GpuDevice, GpuInstance, GpuProcess, GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';
import {
  readFanSpeed,
  readFlag,
  readIndex,
  readMargin,
  readName,
  readNumber,
  readRecoveryAction,
  saysLost,
} from './cell.js';
import type { Quantity } from './cell.js';
import { deviceOf, sumOf } from './device-of.js';
import type { Figures } from './device-of.js';
import { oneIf, otherSlowdown } from './nvidia-csv.js';
import type { ListedGpu, ListedMigDevice } from './nvidia-list.js';
import { readPid } from './nvidia-processes.js';
import { lostDevices, lostFault, parseFault, spokenFault } from './tool-fault.js';
import { allOf, childOf, childrenOf, readXml } from './xml.js';
import type { XmlElement, XmlInterest } from './xml.js';

const tool = 'nvidia-smi';

/** What stands on the way to each figure; nine tenths of a log are something else, such as the clocks that a device could have. */
const interest: XmlInterest = {
  unit: 'gpu',
  names: new Set([
    ...['nvidia_smi_log', 'driver_version', 'attached_gpus', 'gpu', 'uuid', 'product_name'],
    ...['utilization', 'gpu_util', 'encoder_util', 'decoder_util', 'memory_util'],
    ...['fb_memory_usage', 'used', 'free', 'total', 'reserved'],
    ...['temperature', 'gpu_temp', 'memory_temp', 'gpu_temp_tlimit', 'fan_speed'],
    ...['gpu_power_readings', 'power_readings', 'power_draw', 'average_power_draw', 'instant_power_draw'],
    ...['enforced_power_limit', 'current_power_limit', 'power_limit', 'requested_power_limit'],
    ...['clocks', 'graphics_clock', 'sm_clock', 'mem_clock', 'video_clock'],
    ...['clocks_event_reasons', 'clocks_throttle_reasons', 'clocks_event_reasons_counters'],
    ...['hw_slowdown', 'sw_power_cap', 'hw_thermal_slowdown', 'sw_thermal_slowdown'].flatMap(reasonNames),
    ...['hw_power_brake_slowdown', 'sync_boost', 'sw_therm_slowdown', 'hw_therm_slowdown'].flatMap(
      reasonNames,
    ),
    ...['hw_power_brake'].flatMap(reasonNames),
    ...['ecc_errors', 'volatile', 'single_bit', 'double_bit', 'sram_correctable', 'dram_correctable'],
    ...['sram_uncorrectable', 'sram_uncorrectable_parity', 'sram_uncorrectable_secded', 'dram_uncorrectable'],
    ...[
      'remapped_rows',
      'remapped_row_corr',
      'remapped_row_unc',
      'remapped_row_pending',
      'remapped_row_failure',
    ],
    ...['retired_pages', 'multiple_single_bit_retirement', 'double_bit_retirement', 'pending_retirement'],
    ...[
      'retired_count',
      'gpu_recovery_action',
      'gpu_reset_status',
      'reset_required',
      'drain_and_reset_recommended',
    ],
    ...['pci', 'replay_counter', 'mig_mode', 'current_mig'],
    ...[
      'mig_devices',
      'mig_device',
      'index',
      'gpu_instance_id',
      'processes',
      'process_info',
      'pid',
      'used_memory',
    ],
  ]),
};

/** A reason for a held down clock, by the names that versions of the log give it, and by that of its counter. */
function reasonNames(reason: string): readonly string[] {
  return ['event_reason', 'throttle_reason', 'event_reasons_counters'].map(
    (kind) => `clocks_${kind}_${reason}`,
  );
}

/**
 * Reads what `nvidia-smi -q -x` prints, of the versions 10 to 13 of its format.
 *
 * @param list of `nvidia-smi -L`, which knows the indexes and the sizes of instances; without it devices are counted in their order
 */
export function parseNvidiaXml(text: string, list: readonly ListedGpu[] = []): GpuReading<GpuSample> {
  const document = readXml(text, interest);
  const log = childOf(document, 'nvidia_smi_log');
  const outside = text.split('<?xml', 1)[0] ?? '';
  const said = lostDevices(`${outside}\n${text.slice(text.lastIndexOf('>') + 1)}`);
  const lost = new Set(said);
  const devices: GpuDevice[] = [];
  const indexes = new IndexesInOrder(said);
  for (const gpu of allOf(document, 'gpu')) {
    const listed = list.find(({ uuid }) => uuid !== undefined && uuid === valueOf(gpu, 'uuid'));
    const index = listed?.index ?? indexes.next();
    if (isLost(gpu)) lost.add(index);
    else devices.push(deviceOfGpu(gpu, index, listed?.mig ?? []));
  }
  const fault = faultOf([...lost], text, isWhole(text), devices.length);
  if (devices.length === 0 && lost.size === 0)
    return { fault: fault ?? parseFault(tool, 'it lists no device') };
  const sample: GpuSample = {
    vendor: 'nvidia',
    driver: readName(log && valueOf(log, 'driver_version')),
    devices,
    lost: lost.size === 0 ? undefined : [...lost],
    expected: readNumber(log && valueOf(log, 'attached_gpus'), 'count'),
  };
  return { sample, fault };
}

/** The log counts devices by their order, in which those that are lost are left out. */
class IndexesInOrder {
  private readonly left: ReadonlySet<string>;
  private last = -1;

  constructor(left: readonly string[]) {
    this.left = new Set(left);
  }

  next(): string {
    do this.last += 1;
    while (this.left.has(String(this.last)));
    return String(this.last);
  }
}

function isWhole(text: string): boolean {
  return text.includes('</nvidia_smi_log>');
}

function faultOf(
  lost: readonly string[],
  text: string,
  isComplete: boolean,
  devices: number,
): GpuFault | undefined {
  if (lost.length > 0) return lostFault(tool, lost);
  if (isComplete && devices > 0) return undefined;
  if (devices === 0) return spokenFault(tool, text);
  return parseFault(tool, 'its log breaks off');
}

function isLost(gpu: XmlElement): boolean {
  return ['uuid', 'product_name'].some((name) => saysLost(valueOf(gpu, name) ?? ''));
}

function valueOf(element: XmlElement, ...path: readonly string[]): string | undefined {
  return childOf(element, ...path)?.text;
}

function deviceOfGpu(gpu: XmlElement, index: string, mig: readonly ListedMigDevice[]): GpuDevice {
  const value = (...path: readonly string[]): string | undefined => valueOf(gpu, ...path);
  const read = (quantity: Quantity, ...path: readonly string[]): number | undefined =>
    readNumber(value(...path), quantity);
  return deviceOf({
    index,
    uuid: readName(value('uuid')),
    name: readName(value('product_name')),
    utilization: {
      general: read('ratio', 'utilization', 'gpu_util'),
      encoder: read('ratio', 'utilization', 'encoder_util'),
      decoder: read('ratio', 'utilization', 'decoder_util'),
    },
    memoryBandwidth: read('ratio', 'utilization', 'memory_util'),
    memory: {
      used: read('bytes', 'fb_memory_usage', 'used'),
      free: read('bytes', 'fb_memory_usage', 'free'),
      total: read('bytes', 'fb_memory_usage', 'total'),
      reserved: read('bytes', 'fb_memory_usage', 'reserved'),
    },
    temperature: {
      core: read('celsius', 'temperature', 'gpu_temp'),
      memory: read('celsius', 'temperature', 'memory_temp'),
    },
    temperatureMargin: readMargin(value('temperature', 'gpu_temp_tlimit')),
    fanSpeed: readFanSpeed(value('fan_speed')),
    ...powerOf(gpu),
    clocks: {
      graphics: read('hertz', 'clocks', 'graphics_clock'),
      sm: read('hertz', 'clocks', 'sm_clock'),
      memory: read('hertz', 'clocks', 'mem_clock'),
      video: read('hertz', 'clocks', 'video_clock'),
    },
    throttled: throttledOf(gpu),
    throttleSeconds: throttleSecondsOf(gpu),
    ecc: eccOf(gpu),
    remapped: remappedOf(gpu),
    recoveryAction: recoveryActionOf(gpu),
    pcieReplays: read('count', 'pci', 'replay_counter'),
    isPartitioned: readFlag(value('mig_mode', 'current_mig')),
    instances: instancesOf(gpu, mig),
    processes: processesOf(gpu),
  });
}

/** Where a newer driver has no single figure, it has the mean of a second, and the last reading. */
function powerOf(gpu: XmlElement): Pick<GpuDevice, 'power' | 'powerLimit'> {
  const readings = childOf(gpu, 'gpu_power_readings') ?? childOf(gpu, 'power_readings');
  const first = (...names: readonly string[]): number | undefined =>
    names
      .map((name) => readNumber(readings && valueOf(readings, name), 'watts'))
      .find((watts) => watts !== undefined);
  return {
    power: first('power_draw', 'average_power_draw', 'instant_power_draw'),
    powerLimit: first('enforced_power_limit', 'current_power_limit', 'power_limit', 'requested_power_limit'),
  };
}

function throttledOf(gpu: XmlElement): Figures['throttled'] {
  const reason = (name: string): boolean | undefined =>
    readFlag(
      valueOf(gpu, 'clocks_event_reasons', `clocks_event_reason_${name}`) ??
        valueOf(gpu, 'clocks_throttle_reasons', `clocks_throttle_reason_${name}`),
    );
  const thermal = reason('hw_thermal_slowdown');
  const brake = reason('hw_power_brake_slowdown');
  return {
    power_cap: reason('sw_power_cap'),
    thermal: reason('sw_thermal_slowdown'),
    hw_thermal: thermal,
    power_brake: brake,
    sync_boost: reason('sync_boost'),
    other: otherSlowdown(reason('hw_slowdown'), thermal, brake),
  };
}

function throttleSecondsOf(gpu: XmlElement): Figures['throttleSeconds'] {
  const seconds = (name: string): number | undefined =>
    readNumber(
      valueOf(gpu, 'clocks_event_reasons_counters', `clocks_event_reasons_counters_${name}`),
      'seconds',
    );
  return {
    power_cap: seconds('sw_power_cap'),
    thermal: seconds('sw_therm_slowdown'),
    hw_thermal: seconds('hw_therm_slowdown'),
    power_brake: seconds('hw_power_brake'),
    sync_boost: seconds('sync_boost'),
  };
}

/** Errors since the driver was loaded: a total, or of newer devices a count for each kind of memory. */
function eccOf(gpu: XmlElement): Figures['ecc'] {
  const count = (...path: readonly string[]): number | undefined =>
    readNumber(valueOf(gpu, 'ecc_errors', 'volatile', ...path), 'count');
  return {
    corrected: count('single_bit', 'total') ?? sumOf(count('sram_correctable'), count('dram_correctable')),
    uncorrected:
      count('double_bit', 'total') ??
      sumOf(
        count('sram_uncorrectable') ??
          sumOf(count('sram_uncorrectable_parity'), count('sram_uncorrectable_secded')),
        count('dram_uncorrectable'),
      ),
  };
}

function remappedOf(gpu: XmlElement): Figures['remapped'] {
  const rows = (name: string): string | undefined => valueOf(gpu, 'remapped_rows', name);
  const pages = (...path: readonly string[]): string | undefined => valueOf(gpu, 'retired_pages', ...path);
  return {
    correctable:
      readNumber(rows('remapped_row_corr'), 'count') ??
      readNumber(pages('multiple_single_bit_retirement', 'retired_count'), 'count'),
    uncorrectable:
      readNumber(rows('remapped_row_unc'), 'count') ??
      readNumber(pages('double_bit_retirement', 'retired_count'), 'count'),
    pending: oneIf(readFlag(rows('remapped_row_pending')) ?? readFlag(pages('pending_retirement'))),
    failed: oneIf(readFlag(rows('remapped_row_failure'))),
  };
}

/** Before drivers named an action, they said whether a reset is due; that none is says nothing of the other actions. */
function recoveryActionOf(gpu: XmlElement): number | undefined {
  const action = readRecoveryAction(valueOf(gpu, 'gpu_recovery_action'));
  if (action !== undefined) return action;
  const isDue = (name: string): boolean => readFlag(valueOf(gpu, 'gpu_reset_status', name)) === true;
  if (isDue('reset_required')) return 1;
  return isDue('drain_and_reset_recommended') ? 4 : undefined;
}

/**
 * Each GPU instance once: its memory is told again for every compute instance that shares it. A device whose GPU instance is not known is
 * left out, for its memory may have been told already.
 */
function instancesOf(
  gpu: XmlElement,
  listed: readonly ListedMigDevice[],
): readonly GpuInstance[] | undefined {
  const instances = new Map<string, GpuInstance>();
  for (const device of childrenOf(childOf(gpu, 'mig_devices'), 'mig_device')) {
    const id = readIndex(valueOf(device, 'gpu_instance_id'));
    if (id === undefined) continue;
    const number = readIndex(valueOf(device, 'index'));
    const mig = listed.find((each) => each.device === number);
    const known = instances.get(id);
    const uuids = [...(known?.uuids ?? []), ...(mig?.uuid === undefined ? [] : [mig.uuid])];
    instances.set(id, {
      ...(known ?? {
        id,
        profile: profileOf(mig),
        used: readNumber(valueOf(device, 'fb_memory_usage', 'used'), 'bytes'),
        total: readNumber(valueOf(device, 'fb_memory_usage', 'total'), 'bytes'),
      }),
      uuids: uuids.length === 0 ? undefined : uuids,
    });
  }
  return instances.size === 0 ? undefined : [...instances.values()];
}

/** The profile of a compute instance begins with its own share, such as `1c.3g.40gb`: the GPU instance is what follows. */
function profileOf(mig: ListedMigDevice | undefined): string | undefined {
  return mig?.profile.replace(/^\d+c\./, '');
}

function processesOf(gpu: XmlElement): readonly GpuProcess[] | undefined {
  const processes: GpuProcess[] = [];
  for (const process of childrenOf(childOf(gpu, 'processes'), 'process_info')) {
    const pid = readPid(valueOf(process, 'pid'));
    const used = readNumber(valueOf(process, 'used_memory'), 'bytes');
    if (pid !== undefined && used !== undefined) processes.push({ pid, used });
  }
  return processes.length === 0 ? undefined : processes;
}
