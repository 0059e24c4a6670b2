// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { errorCode } from './node-files.js';
import type { FileSystem } from './node-files.js';
import type { ByteTarget } from './line-batch.js';
import { monotonicSeconds } from '../host.js';

/** A log file, and when it is put aside. */
export interface LogFile {
  readonly path: string;
  /** Bytes after which the file is put aside. */
  readonly maxBytes: number;
  /** Files that are kept beside the current one, as `path.1` (the newest), `path.2`, … */
  readonly keep: number;
}

const newline = 10;

/** How often it is looked whether somebody else has put the file aside, in seconds. */
const lookSeconds = 1;

/** A file that is put aside when it has grown: always between two lines. */
export class RotatingFile implements ByteTarget {
  private readonly files: FileSystem;
  private readonly file: LogFile;
  private descriptor: number | undefined;
  private size = 0;
  private lookedAt = 0;
  /** A device or a pipe stays where it is, whatever was written to it. */
  private isRegular = false;

  constructor(files: FileSystem, file: LogFile) {
    this.files = files;
    this.file = file;
  }

  write(bytes: Uint8Array, offset: number, length: number, isStart: boolean): number {
    this.descriptor ??= this.open();
    if (isStart) this.turn(this.descriptor, Math.min(length, this.file.maxBytes));
    const descriptor = (this.descriptor ??= this.open());
    const written = this.files.writeSync(descriptor, bytes, offset, this.fitting(bytes, offset, length));
    this.size += written;
    return written;
  }

  /** As many bytes as fit into an empty file, up to the end of a line: the rest comes in a next call. */
  private fitting(bytes: Uint8Array, offset: number, length: number): number {
    if (length <= this.file.maxBytes) return length;
    const end = bytes.lastIndexOf(newline, offset + this.file.maxBytes - 1);
    return end < offset ? length : end + 1 - offset;
  }

  close(): void {
    const { descriptor } = this;
    this.descriptor = undefined;
    if (descriptor !== undefined) this.files.closeSync(descriptor);
  }

  /** Puts the file aside where it would grow too long, and goes on in a new one where somebody else has done so. */
  private turn(descriptor: number, length: number): void {
    if (!this.isRegular) return;
    const isFull = this.size > 0 && this.size + length > this.file.maxBytes;
    const now = monotonicSeconds();
    if (!isFull && now - this.lookedAt < lookSeconds) return;
    this.lookedAt = now;
    const isOurs = this.isStillAtItsPath(descriptor);
    if (isOurs && isFull) this.putAside();
    if (!isOurs || isFull) this.close();
  }

  private isStillAtItsPath(descriptor: number): boolean {
    try {
      const ours = this.files.fstatSync(descriptor);
      const there = this.files.statSync(this.file.path);
      this.size = ours.size;
      return ours.ino === there.ino && ours.dev === there.dev;
    } catch {
      return false;
    }
  }

  /** Where a file cannot be renamed, the current one grows on. */
  private putAside(): void {
    const { path, keep } = this.file;
    try {
      if (keep === 0) {
        this.files.unlinkSync(path);
        return;
      }
      for (let number = keep - 1; number > 0; number -= 1)
        this.move(`${path}.${number}`, `${path}.${number + 1}`);
      this.files.renameSync(path, `${path}.1`);
    } catch (error) {
      diag.warn(`the log file ${path} cannot be put aside (${errorCode(error)}); it grows on`);
    }
  }

  private move(from: string, to: string): void {
    try {
      this.files.renameSync(from, to);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  private open(): number {
    const { path } = this.file;
    const folder = path.replace(/[/\\][^/\\]*$/, '');
    if (folder !== path && folder !== '') this.files.mkdirSync(folder, { recursive: true });
    // Not for others to read: what is redacted still tells of users.
    const descriptor = this.files.openSync(path, 'a', 0o640);
    const status = this.files.fstatSync(descriptor);
    this.size = status.size;
    this.isRegular = status.isFile();
    this.lookedAt = monotonicSeconds();
    return descriptor;
  }
}
