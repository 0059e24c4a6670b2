import { monotonicSeconds } from '../../host.js';
import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { parseAmdSmi } from '../parse/amd-smi.js';
import type { ToolResult } from '../tool/run-tool.js';
import type { Details } from './detailed.js';
import { readingOf } from './outcome.js';

/** Characters; 20,000 a device at most. */
const mostCharacters = 1_000_000;
/** Seconds until it is asked again after it was not told. */
const askAgainSeconds = 300;

/**
 * What `amd-smi static --json` tells and `metric` does not: model, identity, driver and the limit of power. It is asked for once, and again
 * when there are other devices than before: a device was taken out, came back, or was cut into partitions.
 */
export class AmdDetails implements Details {
  readonly program: string;
  readonly timeout: number;
  readonly mostCharacters: number = mostCharacters;
  readonly calls: readonly (readonly string[])[] = [['static', '--json']];
  private known: GpuSample | undefined;
  /** The devices for which it was asked. */
  private askedOf: string | undefined;
  private askedAt = -Infinity;

  constructor(program: string, timeout: number) {
    this.program = program;
    this.timeout = timeout;
  }

  get isKnown(): boolean {
    return this.known !== undefined;
  }

  isDue({ devices }: GpuSample): boolean {
    if (indexesOf(devices) !== this.askedOf) return true;
    return this.known === undefined && monotonicSeconds() - this.askedAt >= askAgainSeconds;
  }

  asked({ devices }: GpuSample): void {
    this.askedOf = indexesOf(devices);
    this.askedAt = monotonicSeconds();
  }

  take([result]: readonly ToolResult[], done: (fault?: GpuReading<GpuSample>) => void): void {
    if (result === undefined) return;
    const reading = readingOf(`${this.program} static`, result, (output) => parseAmdSmi(output));
    // What was known of other devices is not true any more.
    this.known = reading.sample;
    done(reading.sample === undefined ? reading : undefined);
  }

  with(reading: GpuReading<GpuSample>): GpuReading<GpuSample> {
    const { known } = this;
    const { sample } = reading;
    // Between a change of devices and the answer, an index may be another device.
    if (known === undefined || sample === undefined || indexesOf(sample.devices) !== this.askedOf)
      return reading;
    const devices = sample.devices.map((device): GpuDevice => {
      const { uuid, name, powerLimit } = known.devices.find(({ index }) => index === device.index) ?? {};
      return {
        ...device,
        uuid: device.uuid ?? uuid,
        name: device.name ?? name,
        powerLimit: device.powerLimit ?? powerLimit,
      };
    });
    return { ...reading, sample: { ...sample, driver: sample.driver ?? known.driver, devices } };
  }
}

function indexesOf(devices: readonly GpuDevice[]): string {
  return devices.map(({ index }) => index).join();
}
