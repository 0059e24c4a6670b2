import type { GpuSample } from '../../../../src/runtime/gpu/device.js';
import type { GpuFault, GpuReading } from '../../../../src/runtime/gpu/failure.js';
import type { GpuListener, GpuSource } from '../../../../src/runtime/gpu/source.js';

/** Remembers what a source says, and waits for it. */
export class Listening implements GpuListener {
  readonly readings: GpuReading<GpuSample>[] = [];
  readonly stuckness: boolean[] = [];
  private readonly started = performance.now();
  private wake: () => void = () => undefined;

  constructor(source: GpuSource) {
    source.start(this);
  }

  read(reading: GpuReading<GpuSample>): void {
    this.readings.push(reading);
    this.wake();
  }

  stuck(isStuck: boolean): void {
    this.stuckness.push(isStuck);
    this.wake();
  }

  get samples(): readonly GpuSample[] {
    return this.readings.flatMap(({ sample }) => sample ?? []);
  }

  get faults(): readonly GpuFault[] {
    return this.readings.flatMap(({ fault }) => fault ?? []);
  }

  get failures(): readonly string[] {
    return this.faults.map(({ failure }) => failure);
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Waits until it is so, and no longer than so many seconds. */
  async until(isSo: () => boolean, seconds = 60): Promise<void> {
    while (!isSo()) {
      const left = seconds - this.seconds;
      if (left <= 0) throw new Error(`after ${seconds} s: ${JSON.stringify(this.readings)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, left * 1000);
      });
    }
  }
}
