import type { GpuCounter } from './metrics.js';

/** A total may be told a little lower than before without having been set back: sums of estimates, such as energy, are. */
const jitter = 0.01;

/**
 * Counts what grows in the driver. The first total of a device is counted whole, so that after a restart of the service the counter goes on
 * where it was. One that is smaller than before means that the driver was loaded anew: it is counted whole again.
 */
export class Totals {
  /** By device, its identity and by counter and labels the highest total that was seen. */
  private readonly devices = new Map<
    string,
    { uuid: string | undefined; readonly seen: Map<string, number> }
  >();

  /** Begins anew with a device whose place another one has taken. */
  meet(gpu: string, uuid: string | undefined): void {
    const known = this.devices.get(gpu);
    const isAnother = known?.uuid !== undefined && uuid !== undefined && known.uuid !== uuid;
    if (known === undefined || isAnother) this.devices.set(gpu, { uuid, seen: new Map() });
    else known.uuid ??= uuid;
  }

  /** Counts by how much a total of a device that was met has grown. */
  count(
    counter: GpuCounter,
    name: string,
    gpu: string,
    labels: Readonly<Record<string, string>>,
    total: number,
  ): void {
    const seen = this.devices.get(gpu)?.seen;
    if (seen === undefined || !(total >= 0 && total < Infinity)) return;
    const key = JSON.stringify([name, labels]);
    const before = seen.get(key) ?? 0;
    if (total < before && total >= before * (1 - jitter)) return;
    seen.set(key, total);
    // What has not grown is counted too: a counter that stands at 0 is there, so that the first error is seen.
    counter.inc({ gpu, ...labels }, total >= before ? total - before : total);
  }
}
