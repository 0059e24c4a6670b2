import { afterSeconds, withDeadline } from '../../timers.js';
import type { GpuSample, GpuVendor } from '../device.js';
import type { GpuReading } from '../failure.js';
import type { GpuListener, GpuSource } from '../source.js';
import { BackOff } from '../tool/back-off.js';
import { Attempt } from './attempt.js';
import type { Reader } from './reader.js';

/** For the first answer of all: a tool that has said nothing for so long is told of, and may still answer within its timeout. */
const patienceSeconds = 2.5;
/** A tool is ended, killed and given up within a second. */
const stopSeconds = 1.5;
/** After samples for so long, the next failure is the first one again. */
const soundSeconds = 30;

/**
 * Reads by the first of several tools that works. Where one fails, those after it are tried at once, and the first again after a while.
 * At any time one of them runs at most: where one cannot be killed, none is started until it is gone.
 */
export class RetryingSource implements GpuSource {
  readonly vendor: GpuVendor;
  private readonly readers: readonly Reader[];
  private readonly backOff = new BackOff();
  private listener: GpuListener | undefined;
  private current: Attempt | undefined;
  private endWait: (() => void) | undefined;
  private hasRead = false;

  constructor(vendor: GpuVendor, readers: readonly Reader[]) {
    this.vendor = vendor;
    this.readers = readers;
  }

  /** The tool that reads, or was the last to. */
  get name(): string {
    return this.current?.reader.name ?? this.readers[0]?.name ?? '';
  }

  start(listener: GpuListener): void {
    if (this.listener !== undefined) return;
    this.listener = listener;
    // One of an earlier start may still be there: what is to be next is then said when it ends.
    if (this.current?.isOver !== false) this.try(0);
  }

  async stop(): Promise<void> {
    this.listener = undefined;
    this.endWait?.();
    // Who waits for this is to get an answer: so long, the program stays alive.
    if (this.current !== undefined) await withDeadline(this.current.stop(), stopSeconds, nothing, nothing);
  }

  private try(place: number): void {
    const reader = this.readers[place];
    if (reader === undefined) return;
    const listener = this.listener;
    const isHeard = (): boolean => listener !== undefined && this.listener === listener;
    this.current = new Attempt(reader, {
      read: (reading, seconds) => {
        if (isHeard()) this.read(place, reading, seconds);
      },
      stuck: (isStuck) => {
        if (isHeard()) listener?.stuck(isStuck);
      },
      ended: (attempt) => {
        if (isHeard()) this.next(place, attempt);
        else if (this.listener !== undefined) this.try(0);
      },
    });
    this.current.run(this.hasRead ? undefined : patienceSeconds);
  }

  private read(place: number, reading: GpuReading<GpuSample>, seconds: number | undefined): void {
    const attempt = this.current;
    if (attempt === undefined) return;
    if (reading.sample !== undefined) {
      this.hasRead = true;
      if (attempt.age >= soundSeconds) this.backOff.reset();
    }
    // That one tool is not there says nothing where there is another.
    const isPassedOver =
      reading.sample === undefined &&
      reading.fault?.failure === 'not_found' &&
      this.after(place, attempt) > 0;
    if (!isPassedOver) this.listener?.read(reading, seconds);
  }

  private next(place: number, attempt: Attempt): void {
    const next = this.after(place, attempt);
    if (next > 0) {
      this.try(next);
      return;
    }
    this.endWait = afterSeconds(this.backOff.next(), () => {
      // What has worked has died: it is the first to be tried.
      this.try(attempt.isProven ? place : 0);
    });
  }

  /** The place of the next tool that may work where this one has not; 0 where there is none. */
  private after(place: number, { isProven, fault }: Attempt): number {
    if (isProven) return 0;
    const next = this.readers.findIndex(
      (reader, at) => at > place && (fault === undefined || reader.helps?.(fault) !== false),
    );
    return Math.max(0, next);
  }
}

function nothing(): void {
  // That it is over, or late, is all there is to know.
}
