/** Makers whose devices can be read, as the label `vendor` has them. */
export type GpuVendor = 'nvidia' | 'amd' | 'intel' | 'jetson' | 'apple';

/** Why the clock of a device is held down, as the label `throttle_reason` has it. */
export type ThrottleReason =
  'power_cap' | 'thermal' | 'hw_thermal' | 'power_brake' | 'sync_boost' | 'reliability' | 'other';

/**
 * What a tool said of one device, in base units. What it did not say, or said in words that mean nothing, is not there: no number is made
 * up, and none is 0 that was not said to be 0.
 */
export interface GpuDevice {
  /** The index of the device on its host, as the vendor's tool counts. */
  readonly index: string;
  readonly uuid?: string | undefined;
  readonly name?: string | undefined;
  /** Shares of time in which an engine had work, 0 to 1. */
  readonly utilization?:
    { readonly general?: number; readonly encoder?: number; readonly decoder?: number } | undefined;
  /** The share of time in which memory was read or written, 0 to 1. */
  readonly memoryBandwidth?: number | undefined;
  /** Bytes. */
  readonly memory?:
    | {
        readonly used?: number;
        readonly free?: number;
        readonly total?: number;
        readonly reserved?: number;
      }
    | undefined;
  /** Degrees Celsius. */
  readonly temperature?:
    { readonly core?: number; readonly memory?: number; readonly hotspot?: number } | undefined;
  /** Degrees Celsius left below the temperature at which the device slows itself down. */
  readonly temperatureMargin?: number | undefined;
  /** A share of the highest speed, 0 to 1; a little more where a tool says so. */
  readonly fanSpeed?: number | undefined;
  /** Watts. */
  readonly power?: number | undefined;
  /** Watts. */
  readonly powerLimit?: number | undefined;
  /** Joules since the driver was loaded. */
  readonly energy?: number | undefined;
  /** Hertz. */
  readonly clocks?:
    | {
        readonly graphics?: number;
        readonly sm?: number;
        readonly memory?: number;
        readonly video?: number;
      }
    | undefined;
  readonly throttled?: Readonly<Partial<Record<ThrottleReason, boolean>>> | undefined;
  /** Seconds since the driver was loaded. */
  readonly throttleSeconds?: Readonly<Partial<Record<ThrottleReason, number>>> | undefined;
  /** Memory errors since the driver was loaded. */
  readonly ecc?: { readonly corrected?: number; readonly uncorrected?: number } | undefined;
  /** Memory rows, or on older devices pages, taken out of use; `pending` and `failed` are 1 where it is so. */
  readonly remapped?:
    | {
        readonly correctable?: number;
        readonly uncorrectable?: number;
        readonly pending?: number;
        readonly failed?: number;
      }
    | undefined;
  /** What the driver asks for: 0 nothing, 1 reset, 2 reboot, 3 drain, 4 drain and reset. */
  readonly recoveryAction?: number | undefined;
  /** Bytes over PCIe since the driver was loaded, where a tool counts them. */
  readonly pcie?: { readonly receive?: number; readonly transmit?: number } | undefined;
  readonly pcieReplays?: number | undefined;
  /** Bytes over NVLink since the driver was loaded. */
  readonly nvlink?: { readonly receive?: number; readonly transmit?: number } | undefined;
  /** Whether it is cut into instances, whose memory is then told by `instances`. */
  readonly isPartitioned?: boolean | undefined;
  /** The instances of a device that is cut into some: those who share the memory of one are one. */
  readonly instances?: readonly GpuInstance[] | undefined;
  /** Memory by process, where the tool tells it. */
  readonly processes?: readonly GpuProcess[] | undefined;
}

/** A part of a device with memory of its own: an instance of MIG, a partition of AMD's. */
export interface GpuInstance {
  readonly id: string;
  /** What processes and containers are given it by: one of NVIDIA's has one for each compute instance that shares its memory. */
  readonly uuids?: readonly string[] | undefined;
  readonly profile?: string | undefined;
  /** Bytes. */
  readonly used?: number | undefined;
  /** Bytes. */
  readonly total?: number | undefined;
}

export interface GpuProcess {
  readonly pid: number;
  /** Bytes. */
  readonly used: number;
}

/** What a tool said at one time. */
export interface GpuSample {
  readonly vendor: GpuVendor;
  readonly driver?: string | undefined;
  readonly devices: readonly GpuDevice[];
  /** Devices that the tool knows of and cannot reach: their indexes or bus addresses, as it names them. */
  readonly lost?: readonly string[] | undefined;
  /** How many devices there should be, where the tool says it. */
  readonly expected?: number | undefined;
}
