import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseDuration } from '../../model/duration.js';
import type { Model } from '../../model/model.js';
import type { GpuCollectorDefinition } from '../../runtime/gpu/collection.js';
import { UsageError } from '../usage-error.js';
import { vendors, type GpuArguments } from './arguments.js';

type Vendor = (typeof vendors)[number];

/** The programs by which a vendor's devices are known to be here. */
const programs: Readonly<Record<Vendor, readonly string[]>> = {
  nvidia: ['nvidia-smi'],
  amd: ['amd-smi', 'rocm-smi'],
  intel: ['xpu-smi'],
  jetson: ['tegrastats'],
  apple: ['ioreg'],
};

/**
 * The collectors that are asked for: by name, by a spec, or those whose programs are here.
 * @throws UsageError
 */
export function collectorsOf(args: GpuArguments, model: Model): readonly GpuCollectorDefinition[] {
  const definitions =
    args.spec === undefined
      ? [...new Set(args.collector ?? vendorsHere())].map((vendor) => ({ vendor }))
      : ofSpec(model, args.spec);
  const { interval } = args;
  return interval === undefined
    ? definitions
    : definitions.map((each) => ({ ...each, intervalSeconds: interval }));
}

function ofSpec({ sections: { gpu } }: Model, path: string): readonly GpuCollectorDefinition[] {
  const collectors = gpu?.collectors ?? {};
  const named = vendors.filter((vendor) => collectors[vendor] !== undefined);
  if (named.length === 0) {
    throw new UsageError(`${path} has no collectors`, [
      'name them under `gpu.collectors`, or leave out --spec',
    ]);
  }
  return (Object.keys(collectors) as Vendor[]).map((vendor) => {
    const { source, command, url, interval, timeout, metrics } = collectors[vendor] ?? {};
    return {
      vendor,
      ...(source === undefined ? {} : { source }),
      ...(command === undefined ? {} : { command }),
      ...(url === undefined ? {} : { url }),
      ...(interval === undefined ? {} : { intervalSeconds: parseDuration(interval).seconds }),
      ...(timeout === undefined ? {} : { timeoutSeconds: parseDuration(timeout).seconds }),
      ...(metrics === undefined ? {} : { families: metrics }),
    };
  });
}

/** A host without any of the programs may have an exporter of NVIDIA's. */
function vendorsHere(): readonly Vendor[] {
  const found = vendors.filter((vendor) => programs[vendor].some(isOnPath));
  // A Jetson's nvidia-smi knows next to nothing of the same device.
  const own = found.includes('jetson') ? found.filter((vendor) => vendor !== 'nvidia') : found;
  return own.length === 0 ? ['nvidia'] : own;
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return folders.some((folder) => names.some((name) => isExecutable(join(folder, name))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
