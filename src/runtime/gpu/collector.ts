import { monotonicSeconds, unixSeconds } from '../host.js';
import { everySeconds } from '../timers.js';
import type { GpuSample, GpuVendor } from './device.js';
import type { GpuFailure, GpuFault, GpuReading } from './failure.js';
import type { GpuSource } from './source.js';
import { BusAddresses } from './sources/bus-addresses.js';
import { askDcgm } from './sources/dcgm.js';
import { KernelLog } from './sources/kernel-log.js';
import type { XidReport } from './sources/kernel-log.js';
import { sourceOf } from './sources/sources.js';
import type { SourceName } from './sources/sources.js';

/** A collector of `gpu.collectors`. */
export interface GpuCollectorOptions {
  readonly vendor: GpuVendor;
  readonly source?: SourceName | 'dcgm' | undefined;
  /** The program in the place of the vendor's, with its path. */
  readonly command?: string | undefined;
  /** The page of an exporter that may be there already. */
  readonly url?: string | undefined;
  /** Seconds between two readings. */
  readonly interval?: number | undefined;
  /** Seconds that one reading may take. */
  readonly timeout?: number | undefined;
  /** Families of metrics that are wanted; undefined: all that cost nothing more. */
  readonly families?: ReadonlySet<string> | undefined;
  /** Takes what is to be shown out of a sample, such as the devices of this container. */
  readonly select?: ((sample: GpuSample) => GpuSample) | undefined;
}

/** What a collector says of each thing that happens. */
export interface GpuCollectorListener {
  sampled(sample: GpuSample): void;
  /** A reading has failed, or a part of it. */
  failed(vendor: GpuVendor, failure: GpuFailure): void;
  /** A reading has taken so many seconds. */
  took(vendor: GpuVendor, seconds: number): void;
  /**
   * The driver has reported an error.
   * @param index of the device; its address where it is not known
   * @param at seconds since 1970
   */
  reported(vendor: GpuVendor, index: string, xid: number, at: number): void;
}

const defaultInterval = 15;
const defaultTimeout = 5;
const defaultUrl = 'http://localhost:9400/metrics';
/** Seconds after which it is asked again whether an exporter is there. */
const askAgainSeconds = 60;
/** A sample is shown until so many have not come. */
const missedSamples = 3;

/** Collects the devices of one vendor: what there is, whether it is whole, and what is wrong. */
export class GpuCollector {
  readonly vendor: GpuVendor;
  private readonly options: GpuCollectorOptions;
  private readonly listener: GpuCollectorListener;
  private readonly interval: number;
  private readonly addresses = new BusAddresses();
  private readonly source: GpuSource | undefined;
  private readonly kernelLog: KernelLog | undefined;
  private endAsking: (() => void) | undefined;
  private endAnswer: (() => void) | undefined;
  private isStarted = false;
  private isDelegated = false;
  private isReading = false;
  private stopping: Promise<void> = Promise.resolve();
  private latest: { readonly sample: GpuSample; readonly at: number; readonly time: number } | undefined;
  private most = 0;
  private lastFault: GpuFault | undefined;
  private stuck = false;

  constructor(options: GpuCollectorOptions, listener: GpuCollectorListener) {
    const { vendor, source = 'auto', command, interval, timeout, families } = options;
    this.vendor = vendor;
    this.options = options;
    this.listener = listener;
    this.interval = interval ?? defaultInterval;
    const sourceOptions = { command, interval: this.interval, timeout: timeout ?? defaultTimeout, families };
    const wantsXids = families?.has('xid') !== false;
    const report = ({ address, xid, at }: XidReport): void => {
      if (wantsXids) this.listener.reported(vendor, this.addresses.indexOf(address), xid, at);
    };
    if (source === 'dcgm') return;
    this.source = sourceOf(vendor, source, sourceOptions, { addresses: this.addresses, report });
    // NVML tells them itself, and only some may read the log.
    if (vendor === 'nvidia' && source !== 'nvml' && wantsXids) this.kernelLog = new KernelLog(report);
  }

  /** The tool that is read, or `dcgm` where it is an exporter that is there already. */
  get sourceName(): string {
    return this.isDelegated || this.source === undefined ? 'dcgm' : this.source.name;
  }

  /** The last sample; undefined where there is none yet, or it is too old to be shown. */
  get sample(): GpuSample | undefined {
    const age = monotonicSeconds() - (this.latest?.at ?? -Infinity);
    return age <= missedSamples * this.interval ? this.latest?.sample : undefined;
  }

  /** Whether samples arrive; undefined where an exporter that is there already collects. */
  get isUp(): boolean | undefined {
    return this.isDelegated ? undefined : this.sample !== undefined;
  }

  /** The tool hangs and could not be ended: no other is started until it is gone. */
  get isStuck(): boolean {
    return this.stuck;
  }

  /** How many devices there should be: as many as the tool says, or as were seen at most. */
  get expected(): number | undefined {
    return this.most === 0 ? undefined : this.most;
  }

  /** When the last sample arrived, in seconds since 1970. */
  get succeededAt(): number | undefined {
    return this.latest?.time;
  }

  /** What was wrong last; undefined where the last reading was whole. */
  get fault(): GpuFault | undefined {
    return this.lastFault;
  }

  /** Begins to collect. Never throws. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    const { vendor, source = 'auto' } = this.options;
    const mayBeThere = vendor === 'nvidia' && (source === 'auto' || source === 'dcgm');
    if (!mayBeThere) {
      this.read();
      return;
    }
    this.ask();
    this.endAsking = everySeconds(askAgainSeconds, () => {
      this.ask();
    });
  }

  /** Ends the tool. Resolves when no process is left, or at a deadline. */
  stop(): Promise<void> {
    this.isStarted = false;
    this.endAsking?.();
    this.endAnswer?.();
    return this.rest();
  }

  /** An exporter that is there collects better: it sees what needs rights that a service has not. */
  private ask(): void {
    this.endAnswer?.();
    this.endAnswer = askDcgm(this.options.url ?? defaultUrl, (fault) => {
      this.isDelegated = fault === undefined;
      if (fault === undefined) {
        this.latest = undefined;
        this.lastFault = undefined;
        void this.rest();
      } else if (this.source === undefined) this.fail(fault);
      else this.read();
    });
  }

  private read(): void {
    if (this.isReading) return;
    this.isReading = true;
    this.kernelLog?.start();
    // What was told to stop may still be about to.
    void this.stopping.then(() => {
      if (!this.isReading) return;
      this.source?.start({
        read: (reading, seconds) => {
          this.take(reading, seconds);
        },
        stuck: (isStuck) => {
          this.stuck = isStuck;
        },
      });
    });
  }

  private rest(): Promise<void> {
    if (this.isReading) {
      this.isReading = false;
      this.kernelLog?.stop();
      this.stopping = this.source?.stop() ?? Promise.resolve();
    }
    return this.stopping;
  }

  private take({ sample, fault }: GpuReading<GpuSample>, seconds: number | undefined): void {
    if (seconds !== undefined) this.listener.took(this.vendor, seconds);
    if (sample === undefined) {
      if (fault !== undefined) this.fail(fault);
      return;
    }
    const shown = this.options.select?.(sample) ?? sample;
    this.most = Math.max(this.most, shown.expected ?? 0, shown.devices.length + (shown.lost?.length ?? 0));
    this.latest = { sample: shown, at: monotonicSeconds(), time: unixSeconds() };
    this.lastFault = undefined;
    this.listener.sampled(shown);
    const missing = this.most - shown.devices.length;
    if (fault !== undefined) this.fail(fault);
    else if (missing > 0) this.fail(missingFault(shown, this.most));
  }

  private fail(fault: GpuFault): void {
    this.lastFault = fault;
    this.listener.failed(this.vendor, fault.failure);
  }
}

function missingFault({ vendor, devices }: GpuSample, most: number): GpuFault {
  const message = `${devices.length} of ${most} ${vendor} devices are there: read the kernel log (dmesg), reset the device or restart the host`;
  return { failure: 'device_lost', message };
}
