import type { GpuVendor } from '../device.js';
import type { GpuSource, GpuSourceOptions } from '../source.js';
import { amdSmi, rocmSmi } from './amd.js';
import { ioreg } from './apple.js';
import type { BusAddresses } from './bus-addresses.js';
import { xpuDump, xpuStats } from './intel.js';
import { tegrastats } from './jetson.js';
import { nvidiaCalls, nvidiaStream } from './nvidia-smi.js';
import type { XidReport } from './kernel-log.js';
import { nvml } from './nvml.js';
import type { Reader } from './reader.js';
import { RetryingSource } from './retrying-source.js';

/** Where the figures come from, as `gpu.collectors.*.source` has it; `dcgm` is none of these: it collects for itself. */
export type SourceName =
  'auto' | 'nvidia-smi' | 'nvml' | 'amd-smi' | 'rocm-smi' | 'xpu-smi' | 'tegrastats' | 'ioreg';

/** What sources share with the collector. */
export interface SourcePlace {
  readonly addresses: BusAddresses;
  /** The driver has reported an error. */
  readonly report: (report: XidReport) => void;
}

/** The source of a vendor's devices: `auto` is the tools of that vendor in the order in which they are tried. */
export function sourceOf(
  vendor: GpuVendor,
  name: SourceName,
  options: GpuSourceOptions,
  place: SourcePlace,
): GpuSource {
  return new RetryingSource(vendor, readersOf(vendor, name, options, place));
}

function readersOf(
  vendor: GpuVendor,
  name: SourceName,
  options: GpuSourceOptions,
  { addresses, report }: SourcePlace,
): readonly Reader[] {
  switch (vendor) {
    case 'nvidia':
      return name === 'nvml'
        ? [nvml(options, report)]
        : [nvidiaStream({ options, addresses }), nvidiaCalls({ options, addresses })];
    case 'amd':
      return amdReaders(name, options);
    case 'intel':
      return [xpuDump(options, 1), xpuDump(options, 2), xpuStats(options)];
    case 'jetson':
      return [tegrastats(options)];
    case 'apple':
      return [ioreg(options)];
  }
}

/** A program in the place of the vendor's is one of the two, which its name tells. */
function amdReaders(name: SourceName, options: GpuSourceOptions): readonly Reader[] {
  const isOld = options.command?.includes('rocm-smi') === true;
  if (name === 'rocm-smi' || (name === 'auto' && isOld)) return [rocmSmi(options)];
  if (name === 'amd-smi' || options.command !== undefined) return [amdSmi(options)];
  return [amdSmi(options), rocmSmi(options)];
}
