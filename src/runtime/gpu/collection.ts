import { GpuCollector } from './collector.js';
import type { GpuCollectorOptions } from './collector.js';
import type { GpuSample, GpuVendor } from './device.js';
import type { GpuMetrics } from './metrics.js';
import { GpuPublisher } from './publish.js';
import { visibleDevices, visibleSample } from './visible-devices.js';
import { wantedOf } from './wanted.js';
import type { GpuFamily } from './wanted.js';

/** What the spec says of a collector. */
export interface GpuCollectorDefinition {
  readonly vendor: GpuVendor;
  readonly source?: GpuCollectorOptions['source'];
  /** The program in the place of the vendor's: its path. */
  readonly command?: string;
  /** The page of an exporter that may be there already. */
  readonly url?: string;
  readonly intervalSeconds?: number;
  readonly timeoutSeconds?: number;
  /** Families of metrics; all that cost nothing more where they are left out. */
  readonly families?: readonly GpuFamily[];
}

/** How a collector is doing. */
export interface GpuCollectorState {
  readonly vendor: GpuVendor;
  /** The tool that is read; `dcgm`: an exporter is there already, and nothing is read. */
  readonly source: string;
  /** Whether samples arrive; undefined where an exporter is there already. */
  readonly up: boolean | undefined;
  readonly stuck: boolean;
  readonly devices: number;
  readonly expected: number | undefined;
  /** What was wrong last. */
  readonly fault: string | undefined;
}

/** The collectors of a service, and what its page shows of them. Nothing here throws or rejects. */
export class GpuCollection {
  private readonly collectors: readonly GpuCollector[];
  private readonly publisher: GpuPublisher;
  private endPublishing: (() => void) | undefined;

  constructor(metrics: GpuMetrics, definitions: readonly GpuCollectorDefinition[]) {
    const vendors = definitions.map(({ vendor }) => vendor);
    this.publisher = new GpuPublisher(metrics, vendors, () => this.collectors);
    const visible = visibleDevices();
    this.collectors = definitions.map((definition) => {
      const families = definition.families === undefined ? undefined : new Set<string>(definition.families);
      const { vendor, source, command, url, intervalSeconds, timeoutSeconds } = definition;
      const select = (sample: GpuSample): GpuSample => {
        const seen = visibleSample(sample, visible);
        return { ...seen, devices: seen.devices.map((device) => wantedOf(device, families)) };
      };
      // No reading is waited for longer than to the next one, where nobody says otherwise.
      const shortest = intervalSeconds !== undefined && intervalSeconds < 5 ? intervalSeconds : undefined;
      const limits = { interval: intervalSeconds, timeout: timeoutSeconds ?? shortest };
      return new GpuCollector({ vendor, source, command, url, families, select, ...limits }, this.publisher);
    });
  }

  start(): void {
    this.endPublishing ??= this.publisher.start();
    for (const collector of this.collectors) collector.start();
  }

  /** Ends all tools, then takes their devices off the page. Resolves when no process is left, or at a deadline. */
  async stop(): Promise<void> {
    const end = this.endPublishing;
    // Until then it may have been started again.
    this.endPublishing = undefined;
    await Promise.all(this.collectors.map((collector) => collector.stop()));
    end?.();
  }

  /** The last samples that are young enough to be shown. */
  samples(): readonly GpuSample[] {
    return this.collectors.flatMap(({ sample }) => (sample === undefined ? [] : [sample]));
  }

  states(): readonly GpuCollectorState[] {
    return this.collectors.map((collector) => ({
      vendor: collector.vendor,
      source: collector.sourceName,
      up: collector.isUp,
      stuck: collector.isStuck,
      devices: collector.sample?.devices.length ?? 0,
      expected: collector.expected,
      fault: collector.fault?.message,
    }));
  }
}
