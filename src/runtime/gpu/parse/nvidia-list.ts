import { readIndex, readName } from './cell.js';

/** A device as `nvidia-smi -L` lists it. */
export interface ListedGpu {
  readonly index: string;
  readonly name: string | undefined;
  readonly uuid: string | undefined;
  readonly mig: readonly ListedMigDevice[];
}

/** A MIG device, which is a compute instance: several can share the memory of one GPU instance. */
export interface ListedMigDevice {
  /** Its number on the device. */
  readonly device: string;
  /** Its size, such as `3g.40gb`. */
  readonly profile: string;
  readonly uuid: string | undefined;
}

const gpuLine = /^GPU (\d{1,4}): (.{1,200}?)(?: \(UUID: (GPU-[\w-]{1,64})\))?\s*$/;
const migLine = /^\s*MIG (\S{1,40})\s+Device\s+(\d{1,4}): \(UUID: (MIG-[\w/-]{1,128})\)\s*$/;

/** Reads the list of devices and their MIG devices that `nvidia-smi -L` prints. */
export function parseNvidiaList(text: string): readonly ListedGpu[] {
  const gpus: (ListedGpu & { readonly mig: ListedMigDevice[] })[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, number, name, uuid] = gpuLine.exec(line) ?? [];
    const index = readIndex(number);
    if (index !== undefined) gpus.push({ index, name: readName(name), uuid, mig: [] });
    const [, profile, device, migUuid] = migLine.exec(line) ?? [];
    if (profile !== undefined && device !== undefined)
      gpus.at(-1)?.mig.push({ device: String(Number(device)), profile, uuid: migUuid });
  }
  return gpus;
}
