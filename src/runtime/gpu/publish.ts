import type { GpuDevice, GpuSample, GpuVendor } from './device.js';
import { deviceGauges, deviceTotals } from './device-rows.js';
import type { GpuFailure } from './failure.js';
import type { GpuGauge, GpuMetrics } from './metrics.js';
import { ownProcesses, processRows } from './processes.js';
import { Totals } from './totals.js';

/** What the page shows of a collector, as it is at the time of a scrape. */
export interface GpuStatus {
  readonly vendor: GpuVendor;
  /** The last sample; undefined where there is none yet, or it is too old to be shown. */
  readonly sample: GpuSample | undefined;
  /** Whether samples arrive; undefined: it is not known yet, or an exporter that is there already collects. */
  readonly isUp: boolean | undefined;
  readonly isStuck: boolean;
  /** How many devices there should be; undefined before any was seen. */
  readonly expected: number | undefined;
  /** When the last sample arrived, in seconds since 1970. */
  readonly succeededAt: number | undefined;
}

type Row = readonly [labels: Readonly<Record<string, string>>, value: number];

const vendors = keysOf<GpuVendor>({ nvidia: 1, amd: 1, intel: 1, jetson: 1, apple: 1 });
const failures = keysOf<GpuFailure>({
  ...{ not_found: 1, driver: 1, permission: 1, timeout: 1, stuck: 1 },
  ...{ output: 1, parse: 1, no_devices: 1, device_lost: 1, exit: 1 },
});

/** NVIDIA's list has less than 200 numbers, of which a host that runs sees a few. */
const mostXids = 1000;

/** Shows samples as metrics. Gauges are read at each scrape from what the collectors have then, counters grow with each sample. */
export class GpuPublisher {
  private readonly metrics: GpuMetrics;
  private readonly statuses: () => readonly GpuStatus[];
  private readonly totals = new Totals();
  /** By labels, when the driver reported an error last. */
  private readonly xids = new Map<string, Row>();
  /** By vendor, the memory of processes in its last sample. */
  private readonly processes = new Map<GpuVendor, readonly Row[]>();
  private readonly prefixes: ReadonlyMap<GpuVendor, string>;

  /**
   * @param vendors of all collectors. The index of a device is its label; where there are several vendors, of the first one alone: the
   * second vendor's first device is `intel-0`, since two devices would be one series.
   * @param statuses of those collectors
   */
  constructor(metrics: GpuMetrics, vendors: readonly GpuVendor[], statuses: () => readonly GpuStatus[]) {
    this.metrics = metrics;
    this.statuses = statuses;
    this.prefixes = new Map(vendors.map((vendor, place) => [vendor, place === 0 ? '' : `${vendor}-`]));
  }

  /** Shows the gauges from now on; returns a function that ends this, after which a scrape shows none. */
  start(): () => void {
    this.dropOthers();
    const ends = [...this.gauges()].map(([gauge, rows]) => showRows(gauge, rows));
    return () => {
      for (const end of ends) end();
    };
  }

  /** A sample has arrived. */
  sampled({ vendor, devices }: GpuSample): void {
    this.noteProcesses(vendor, devices);
    for (const device of distinct(devices)) {
      const gpu = this.gpu(vendor, device.index);
      this.totals.meet(gpu, device.uuid);
      for (const { metric, rows } of deviceTotals) {
        const counter = this.metrics[metric];
        if (counter === undefined) continue;
        for (const [labels, total] of rows(device)) this.totals.count(counter, metric, gpu, labels, total);
      }
    }
  }

  /** A reading has failed, or a part of it. */
  failed(vendor: GpuVendor, reason: GpuFailure): void {
    this.metrics.gpuCollectorFailuresTotal?.inc({ vendor, reason });
  }

  /** A reading has taken so many seconds. */
  took(vendor: GpuVendor, seconds: number): void {
    this.metrics.gpuCollectorDurationSeconds?.observe({ vendor }, seconds);
  }

  /**
   * The driver has reported an error.
   * @param at seconds since 1970
   */
  reported(vendor: GpuVendor, index: string, xid: number, at: number): void {
    const labels = { gpu: this.gpu(vendor, index), xid: String(xid) };
    const key = `${labels.gpu} ${labels.xid}`;
    this.metrics.gpuXidErrorsTotal?.inc(labels);
    if (this.xids.size >= mostXids && !this.xids.has(key)) return;
    this.xids.set(key, [labels, Math.max(at, this.xids.get(key)?.[1] ?? 0)]);
  }

  private gpu(vendor: GpuVendor, index: string): string {
    return `${this.prefixes.get(vendor) ?? `${vendor}-`}${index}`;
  }

  private *gauges(): Iterable<readonly [gauge: GpuGauge, rows: () => readonly Row[]]> {
    const { metrics } = this;
    const shown = (gauge: GpuGauge | undefined, rows: () => readonly Row[]) =>
      gauge === undefined ? [] : [[gauge, rows] as const];
    for (const { metric, rows } of deviceGauges) yield* shown(metrics[metric], () => this.ofDevices(rows));
    yield* shown(metrics.gpuProcessMemoryUsedBytes, () => this.ofProcesses());
    yield* shown(metrics.gpuXidLastTimestampSeconds, () => [...this.xids.values()]);
    yield* shown(metrics.gpuDriverInfo, () =>
      this.statuses().flatMap(({ sample }) =>
        sample?.driver === undefined ? [] : [[{ vendor: sample.vendor, driver: sample.driver }, 1] as const],
      ),
    );
    const health = (gauge: GpuGauge | undefined, valueOf: (status: GpuStatus) => number | undefined) =>
      shown(gauge, () => this.ofCollectors(valueOf));
    yield* health(metrics.gpuCollectorUp, ({ isUp }) => (isUp === undefined ? undefined : Number(isUp)));
    yield* health(metrics.gpuCollectorStuck, ({ isStuck }) => Number(isStuck));
    yield* health(metrics.gpuCollectorDevices, ({ isUp, sample }) =>
      isUp === undefined ? undefined : (sample?.devices.length ?? 0),
    );
    yield* health(metrics.gpuCollectorExpectedDevices, ({ expected }) => expected);
    yield* health(metrics.gpuCollectorSuccessTimestampSeconds, ({ succeededAt }) => succeededAt);
  }

  /** Known rows of counters begin at 0, so that the first failure is seen; of vendors that nobody collects there are none to come. */
  private dropOthers(): void {
    const others = vendors.filter((vendor) => !this.prefixes.has(vendor));
    for (const vendor of others)
      for (const reason of failures) this.metrics.gpuCollectorFailuresTotal?.remove({ vendor, reason });
  }

  private ofCollectors(valueOf: (status: GpuStatus) => number | undefined): readonly Row[] {
    return this.statuses().flatMap((status): Row[] => {
      const value = valueOf(status);
      return value === undefined ? [] : [[{ vendor: status.vendor }, value]];
    });
  }

  private ofDevices(rowsOf: (device: GpuDevice) => readonly Row[]): readonly Row[] {
    return this.statuses().flatMap(({ vendor, sample }) =>
      this.rowsOf(vendor, sample?.devices ?? [], rowsOf),
    );
  }

  private rowsOf(
    vendor: GpuVendor,
    devices: readonly GpuDevice[],
    rowsOf: (device: GpuDevice) => readonly Row[],
  ): readonly Row[] {
    return distinct(devices).flatMap((device) => {
      const gpu = this.gpu(vendor, device.index);
      return rowsOf(device).map(([labels, value]) => [{ gpu, ...labels }, value] as const);
    });
  }

  private ofProcesses(): readonly Row[] {
    return this.statuses().flatMap(({ vendor, sample }) =>
      sample === undefined ? [] : (this.processes.get(vendor) ?? []),
    );
  }

  /** Whose memory it is can be told while the processes run. */
  private noteProcesses(vendor: GpuVendor, devices: readonly GpuDevice[]): void {
    if (this.metrics.gpuProcessMemoryUsedBytes === undefined) return;
    const isTold = devices.some(({ processes }) => processes !== undefined);
    const isOwn = isTold ? ownProcesses() : undefined;
    this.processes.set(
      vendor,
      isOwn === undefined
        ? []
        : this.rowsOf(vendor, devices, ({ processes }) => processRows(processes, isOwn)),
    );
  }
}

/** All members of a union, which the compiler holds against it. */
function keysOf<Key extends string>(keys: Readonly<Record<Key, 1>>): readonly Key[] {
  return Object.keys(keys) as Key[];
}

/** Rows of one label set would be added up: a device that is told twice is counted once. */
function distinct(devices: readonly GpuDevice[]): readonly GpuDevice[] {
  return [...new Map(devices.map((device) => [device.index, device])).values()];
}

/** Shows rows on a page until it is ended. */
function showRows(gauge: GpuGauge, read: () => readonly Row[]): () => void {
  let last: readonly Row[] = [];
  const end = gauge.observe(() => (last = read()));
  return () => {
    end();
    for (const [labels] of last) gauge.remove(labels);
  };
}
