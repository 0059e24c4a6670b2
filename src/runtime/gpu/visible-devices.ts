import { environmentVariable } from '../host.js';
import type { GpuDevice, GpuInstance, GpuSample } from './device.js';

/**
 * The devices of this container, by NVIDIA_VISIBLE_DEVICES. What a container sees of the host depends on its privileges: with few it is
 * shown its own devices alone, with all it is shown those of everybody.
 */
export interface VisibleDevices {
  /** How many the variable names; undefined where it names slices, of which several can be on one device. */
  readonly count: number | undefined;
  /** Whether a device is one of them. */
  has(device: GpuDevice, seen: number): boolean;
  /** The device with the slices of this container alone. */
  reduce(device: GpuDevice): GpuDevice;
}

/** Names that mean no choice: CUDA's images are made with `all`; `void` is set where devices come in by another way than the variable. */
const noChoice: ReadonlySet<string> = new Set(['', 'all', 'void']);

/** A slice, named by its own uuid or, by older drivers, by its device's uuid, its instance and its part of that. */
const slice = /^mig-/;
const sliceOfDevice = /^mig-(gpu-[\da-f-]+)\/(\d+)\/\d+$/;

/** What this process may look at; undefined: all that it sees. */
export function visibleDevices(
  text: string | undefined = environmentVariable('NVIDIA_VISIBLE_DEVICES'),
): VisibleDevices | undefined {
  const value = text?.trim().toLowerCase() ?? '';
  if (noChoice.has(value)) return undefined;
  const names = value === 'none' ? [] : [...new Set(value.split(',').map((name) => name.trim()))];
  // Some way of naming devices that is not known here, such as a folder of them: better all than none.
  if (!names.every(isName)) return undefined;
  const uuids = names.filter((name) => name.startsWith('gpu-'));
  const slices = names.filter((name) => slice.test(name));
  const indexes = names.filter((name) => /^\d+$/.test(name));
  const ofDevices = slices.map((name) => sliceOfDevice.exec(name)).filter((found) => found !== null);
  const nameless = new Set(slices.filter((name) => !sliceOfDevice.test(name)));
  const isSeen = ({ uuids = [] }: GpuInstance): boolean =>
    uuids.some((uuid) => nameless.has(uuid.toLowerCase()));
  return {
    count: slices.length > 0 ? undefined : names.length,
    has(device, seen) {
      const uuid = device.uuid?.toLowerCase();
      // Shown no more than it has, a container counts from 0, whatever the indexes of its devices on the host.
      if (indexes.length > 0 && (seen <= names.length || indexes.includes(device.index))) return true;
      if (uuid !== undefined && uuids.some((name) => uuid.startsWith(name))) return true;
      if (uuid !== undefined && ofDevices.some(([, of]) => of === uuid)) return true;
      if (nameless.size === 0 || device.isPartitioned !== true) return false;
      // Which device a slice is on, its own uuid does not tell; where the instances are listed with theirs, they do.
      return !tellsUuids(device) || device.instances.some(isSeen);
    },
    reduce(device) {
      if (device.instances === undefined || slices.length === 0) return device;
      if (nameless.size > 0 && !tellsUuids(device)) return device;
      const uuid = device.uuid?.toLowerCase();
      const own = ofDevices.filter(([, of]) => of === uuid).map(([, , instance]) => instance);
      const instances = device.instances.filter((instance) => own.includes(instance.id) || isSeen(instance));
      // None of its own: the device is here by another name, which is all of it.
      return instances.length === 0 ? device : { ...device, instances };
    },
  };
}

/** Whether each instance of a device is listed with what containers are given it by. */
function tellsUuids(device: GpuDevice): device is GpuDevice & { readonly instances: readonly GpuInstance[] } {
  const { instances = [] } = device;
  return instances.length > 0 && instances.every(({ uuids = [] }) => uuids.length > 0);
}

/** A sample with the devices of this container alone; those that are missing are still expected. */
export function visibleSample(sample: GpuSample, visible: VisibleDevices | undefined): GpuSample {
  if (visible === undefined || sample.vendor !== 'nvidia') return sample;
  const seen = sample.devices.length + (sample.lost?.length ?? 0);
  const devices = sample.devices
    .filter((device) => visible.has(device, seen))
    .map((device) => visible.reduce(device));
  const missing = Math.max(0, (visible.count ?? devices.length) - devices.length);
  return {
    ...sample,
    devices,
    expected: visible.count ?? devices.length,
    // Which of the lost ones it was, its name may not tell.
    lost: sample.lost?.slice(0, missing),
  };
}

function isName(name: string): boolean {
  return /^\d+$/.test(name) || /^gpu-[\da-f-]+$/.test(name) || /^mig-[\da-f/gpu-]+$/.test(name);
}
