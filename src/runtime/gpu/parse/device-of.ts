import type { GpuDevice, GpuInstance } from '../device.js';

/** A device whose every figure may be unknown. */
type Unsure<Value> = Value extends string | number | boolean | readonly unknown[]
  ? Value
  : { readonly [Key in keyof Value]?: Unsure<NonNullable<Value[Key]>> | undefined };

export type Figures = Unsure<Omit<GpuDevice, 'index'>> & { readonly index: string };

/** Tools round each figure for itself, so that parts add up to a little more than the whole. */
const rounding = 64 * 1024 ** 2;

/** The device with what is known of it. Of memory, a part that is more than the whole is not believed. */
export function deviceOf(figures: Figures): GpuDevice {
  const memory = figures.memory;
  const total = wholeOf(memory?.total);
  const part = (bytes: number | undefined): number | undefined => partOf(bytes, total);
  return known({
    ...figures,
    memory: {
      used: part(memory?.used),
      free: part(memory?.free),
      total,
      reserved: part(memory?.reserved),
    },
    instances: figures.instances?.map(instanceOf),
  }) as GpuDevice;
}

function instanceOf({ used, total, ...identity }: GpuInstance): GpuInstance {
  const whole = wholeOf(total);
  return known({ ...identity, used: partOf(used, whole), total: whole }) as unknown as GpuInstance;
}

/** No device has a memory of nothing: those that share the host's say 0. */
function wholeOf(bytes: number | undefined): number | undefined {
  return bytes === 0 ? undefined : bytes;
}

function partOf(bytes: number | undefined, total: number | undefined): number | undefined {
  return bytes !== undefined && total !== undefined && bytes > total + rounding ? undefined : bytes;
}

/** Without members that are undefined, and without groups of none. */
function known(value: object): object {
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const kept =
      typeof member === 'object' && member !== null && !Array.isArray(member) ? known(member) : member;
    if (kept !== undefined && !(isGroup(kept) && Object.keys(kept).length === 0)) members.push([name, kept]);
  }
  return Object.fromEntries(members);
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The sum of what is known; nothing where nothing is. */
export function sumOf(...parts: readonly (number | undefined)[]): number | undefined {
  const numbers = parts.filter((part) => part !== undefined);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, part) => sum + part, 0);
}
