import { monotonicSeconds } from '../../host.js';
import { afterSeconds } from '../../timers.js';
import type { GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';
import type { GpuListener } from '../source.js';
import type { Reader } from './reader.js';

/** What of an attempt the source hears. */
export interface AttemptListener extends GpuListener {
  ended(attempt: Attempt): void;
}

/** One life of a reader: what came of it, and whether it is over. */
export class Attempt {
  readonly reader: Reader;
  /** Why it has failed. */
  fault: GpuFault | undefined;
  isOver = false;
  private readonly listener: AttemptListener;
  private readonly over: Promise<void>;
  private tellOver: () => void = ignore;
  private end: () => void = ignore;
  private endPatience: () => void = ignore;
  private firstSample: number | undefined;
  private samples = 0;
  private isLate = false;
  private isStuck = false;

  constructor(reader: Reader, listener: AttemptListener) {
    this.reader = reader;
    this.listener = listener;
    this.over = new Promise((resolve) => {
      this.tellOver = resolve;
    });
  }

  /** Whether it reads again and again, as it is meant to: a tool that prints once and ends is not one that runs on. */
  get isProven(): boolean {
    return this.samples > 1;
  }

  /** Seconds since it read something first. */
  get age(): number {
    return this.firstSample === undefined ? 0 : monotonicSeconds() - this.firstSample;
  }

  /** @param patience seconds after which it is told that the tool has said nothing; it goes on nevertheless */
  run(patience: number | undefined): void {
    if (patience !== undefined) {
      const seconds = patience + (this.reader.firstAfter ?? 0);
      this.endPatience = afterSeconds(seconds, () => {
        this.isLate = true;
        const message = `${this.reader.name} has said nothing for ${seconds} s: the driver may hang; run it by hand`;
        this.listener.read({ fault: { failure: 'timeout', message } }, undefined);
      });
    }
    this.end = this.reader.run({
      read: (reading, seconds) => {
        this.read(reading, seconds);
      },
      stuck: (isStuck) => {
        if (isStuck === this.isStuck) return;
        this.isStuck = isStuck;
        this.listener.stuck(isStuck);
        if (!isStuck) return;
        const message = `${this.reader.name} was killed and is still there: the driver holds it; read the kernel log (dmesg) and restart the host`;
        this.listener.read({ fault: { failure: 'stuck', message } }, undefined);
      },
      ended: () => {
        this.endPatience();
        this.isOver = true;
        if (this.isStuck) this.listener.stuck(false);
        this.tellOver();
        this.listener.ended(this);
      },
    });
  }

  /** Ends it; resolves when no process is left. */
  stop(): Promise<void> {
    this.endPatience();
    this.end();
    return this.over;
  }

  private read(reading: GpuReading<GpuSample>, seconds: number | undefined): void {
    this.endPatience();
    const { sample, fault } = reading;
    if (sample === undefined) this.fault = fault;
    else {
      this.samples += 1;
      this.firstSample ??= monotonicSeconds();
    }
    const isToldAlready = this.isLate && sample === undefined && fault?.failure === 'timeout';
    if (!isToldAlready) this.listener.read(reading, seconds);
  }
}

function ignore(): void {
  // Until it runs there is nothing to end.
}
