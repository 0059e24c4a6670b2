import { builtinModule, unixSeconds } from '../../host.js';
import { everySeconds, soon } from '../../timers.js';
import { parseKernelLog } from '../parse/kernel-log.js';

/** An error that the driver has written to the kernel's log. */
export interface XidReport {
  /** The bus address of the device. */
  readonly address: string;
  readonly xid: number;
  /** Seconds since 1970. */
  readonly at: number;
}

interface Files {
  openSync(path: string, flags: number): number;
  readSync(file: number, into: Uint8Array, offset: number, length: number, position: null): number;
  closeSync(file: number): void;
  readonly constants: { readonly O_RDONLY: number; readonly O_NONBLOCK?: number };
}

interface Decoder {
  decode(bytes: Uint8Array): string;
}

const { TextDecoder } = globalThis as unknown as { readonly TextDecoder: new () => Decoder };

const defaultPath = '/dev/kmsg';
const lookSeconds = 1;
/** One record is read at a time, and none is longer. */
const mostBytes = 8192;
/** Records in a turn of the event loop, less than a millisecond: a log of thousands is there at the start. */
const mostInTurn = 20;

/**
 * Reads the kernel's log, where it may be read: from its beginning, since what stands there was reported since the host started and is true
 * still. Nothing here throws, waits or keeps the program alive.
 */
export class KernelLog {
  private readonly path: string;
  private readonly take: (report: XidReport) => void;
  private readonly buffer = new Uint8Array(mostBytes);
  private readonly decoder = new TextDecoder();
  private file: number | undefined;
  private endLooking: (() => void) | undefined;
  /** The number of the last record that was told, so that a new start tells nothing twice. */
  private last = -1;

  constructor(take: (report: XidReport) => void, path: string = defaultPath) {
    this.take = take;
    this.path = path;
  }

  start(): void {
    const files = fileSystem();
    const { O_RDONLY = 0, O_NONBLOCK } = files?.constants ?? {};
    if (files === undefined || O_NONBLOCK === undefined || this.file !== undefined) return;
    try {
      this.file = files.openSync(this.path, O_RDONLY | O_NONBLOCK);
    } catch {
      // Only some may read it, and only Linux has it.
      return;
    }
    this.endLooking = everySeconds(lookSeconds, () => {
      this.look();
    });
    soon(() => {
      this.look();
    });
  }

  stop(): void {
    this.endLooking?.();
    this.endLooking = undefined;
    const { file } = this;
    this.file = undefined;
    try {
      if (file !== undefined) fileSystem()?.closeSync(file);
    } catch {
      // It is closed then.
    }
  }

  private look(): void {
    for (let count = 0; count < mostInTurn; count += 1) {
      const record = this.next();
      if (record === undefined) return;
      this.report(record);
    }
    soon(() => {
      this.look();
    });
  }

  /** The next record; undefined where there is none yet. */
  private next(): string | undefined {
    const { file } = this;
    if (file === undefined) return undefined;
    try {
      const length = fileSystem()?.readSync(file, this.buffer, 0, mostBytes, null) ?? 0;
      return length === 0 ? undefined : this.decoder.decode(this.buffer.subarray(0, length));
    } catch (error) {
      // Records were overwritten before they were read: the next read begins with the oldest that is left.
      return (error as { readonly code?: unknown }).code === 'EPIPE' ? '' : undefined;
    }
  }

  private report(record: string): void {
    for (const { address, xid, sequence = -1, sinceBoot } of parseKernelLog(record)) {
      if (sequence <= this.last || sinceBoot === undefined) continue;
      this.last = sequence;
      this.take({ address, xid, at: startOfHost() + sinceBoot });
    }
  }
}

/** When the host was started, from which the kernel's log counts; in seconds since 1970. */
function startOfHost(): number {
  const system = builtinModule('node:os') as { uptime(): number } | undefined;
  return unixSeconds() - (system?.uptime() ?? 0);
}

function fileSystem(): Files | undefined {
  return builtinModule('node:fs') as Files | undefined;
}
