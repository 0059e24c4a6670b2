// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countLost } from '../account.js';
import { afterSeconds } from '../timers.js';
import { sleepSeconds } from './waiting.js';
import { errorCode } from './node-files.js';
import type { LogSink } from './log-sink.js';

/** Where the bytes of lines go. */
export interface ByteTarget {
  /**
   * Takes bytes at once, and returns how many it took; fewer, or none, where it cannot take more now.
   * @param isStart whether the bytes begin with the beginning of a line
   * @throws the system's error
   */
  write(bytes: Uint8Array, offset: number, length: number, isStart: boolean): number;
  close?(): void;
}

/** Characters that are collected before they are handed on. */
const batchLength = 32_768;
/** Characters that are turned into bytes at once. */
const maxEncoded = 262_144;
/** The longest that a line waits for others, in seconds. */
const batchSeconds = 0.05;
/** Characters that wait at most; lines beyond are given up and counted. */
const maxWaiting = 4 * 1024 * 1024;
/** How often the end of the process, or a fatal line, tries again with a reader that is slow: half a second in all. */
const patience = 50;
/** When it is tried again, in seconds: where the reader is slow, and where the disk is full or the file cannot be opened. */
const retrySeconds = { slow: 0.01, failing: 1 };

/** Nobody reads any more, or the descriptor is gone: nothing will ever be written. */
const finalErrors = new Set([
  'EPIPE',
  'EBADF',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);
const slowErrors = new Set(['EAGAIN', 'EWOULDBLOCK', 'EBUSY']);

const newline = 10;

type State = 'open' | 'slow' | 'failing' | 'gone';

/**
 * Collects lines and hands them on as bytes, many at once. What waits is bounded, and each line that is given up is counted once. A
 * target that fails is tried again, from the byte on at which it failed, so that no line is broken; one that is gone is not.
 */
export class LineBatch implements LogSink {
  private readonly target: ByteTarget;
  private readonly name: string;
  private pending = '';
  /** Bytes that the target has not taken yet: from `from` to `to`. */
  private bytes = new Uint8Array(3 * (batchLength + 4096));
  private from = 0;
  private to = 0;
  private endTimer: (() => void) | undefined;
  private state: State = 'open';

  constructor(target: ByteTarget, name: string) {
    this.target = target;
    this.name = name;
  }

  write(line: string): void {
    if (this.state === 'gone') {
      countLost('logs', 'write_failed');
    } else if (this.pending.length + (this.to - this.from) + line.length >= maxWaiting) {
      countLost('logs', this.state === 'failing' ? 'write_failed' : 'queue_full');
    } else {
      this.pending += `${line}\n`;
      if (this.state === 'open' && this.pending.length >= batchLength) this.hand();
      else
        this.endTimer ??= afterSeconds(batchSeconds, () => {
          this.retry();
        });
    }
  }

  /** Hands on what waits, and waits a moment for a reader that is slow. */
  flush(): void {
    this.hand();
    // Counted and not timed: a test of the program may have stopped the clock.
    for (let tries = 0; this.state === 'slow' && tries < patience; tries += 1) {
      if (!sleepSeconds(retrySeconds.slow)) break;
      this.hand();
    }
  }

  close(): void {
    this.flush();
    this.giveUp(this.state === 'failing' ? 'write_failed' : 'queue_full');
    this.endTimer?.();
    this.endTimer = undefined;
    this.target.close?.();
  }

  private retry(): void {
    this.endTimer = undefined;
    this.hand();
  }

  private hand(): void {
    if (this.state === 'gone') return;
    try {
      this.state = this.handAll() ? 'open' : 'slow';
    } catch (error) {
      this.fail(error);
    }
    if (this.state === 'slow' || this.state === 'failing') {
      this.endTimer ??= afterSeconds(retrySeconds[this.state], () => {
        this.retry();
      });
    }
  }

  /** Whether the target took everything. */
  private handAll(): boolean {
    for (;;) {
      while (this.from < this.to) {
        const isStart = this.from === 0 || this.bytes[this.from - 1] === newline;
        const taken = this.target.write(this.bytes, this.from, this.to - this.from, isStart);
        if (taken === 0) return false;
        this.from += taken;
      }
      if (this.pending === '') return true;
      this.encode();
    }
  }

  /** Turns whole lines into bytes, so many at once that one buffer serves for long. */
  private encode(): void {
    const end =
      this.pending.length <= maxEncoded
        ? this.pending.length
        : this.pending.lastIndexOf('\n', maxEncoded) + 1;
    // A line that alone is longer than that is encoded whole.
    const text = end === 0 ? this.pending : this.pending.slice(0, end);
    this.pending = end === 0 ? '' : this.pending.slice(end);
    if (this.bytes.length < 3 * text.length) this.bytes = new Uint8Array(3 * text.length);
    this.from = 0;
    this.to = encodeInto(text, this.bytes);
  }

  private fail(error: unknown): void {
    const code = errorCode(error);
    if (slowErrors.has(code)) {
      this.state = 'slow';
      return;
    }
    if (this.state !== 'failing' && !finalErrors.has(code))
      diag.warn(`log lines cannot be written to ${this.name} now (${code || String(error)}); they wait`);
    if (finalErrors.has(code)) {
      this.state = 'gone';
      this.giveUp('write_failed');
    } else {
      this.state = 'failing';
    }
  }

  /** Counts the lines of which not all bytes were taken. */
  private giveUp(reason: 'write_failed' | 'queue_full'): void {
    let lines = 0;
    for (let at = this.pending.indexOf('\n'); at !== -1; at = this.pending.indexOf('\n', at + 1)) lines += 1;
    for (let at = this.from; at < this.to; at += 1) if (this.bytes[at] === newline) lines += 1;
    if (lines > 0) countLost('logs', reason, lines);
    this.pending = '';
    this.from = this.to = 0;
  }
}

interface Encoder {
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
}

const encoder = new (globalThis as unknown as { TextEncoder: new () => Encoder }).TextEncoder();

function encodeInto(text: string, into: Uint8Array): number {
  return encoder.encodeInto(text, into).written;
}
