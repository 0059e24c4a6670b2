// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** What of node:fs log files need, by its shape. */
export interface FileSystem {
  writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number): number;
  openSync(path: string, flags: string, mode: number): number;
  closeSync(descriptor: number): void;
  fstatSync(descriptor: number): FileStatus;
  statSync(path: string): FileStatus;
  mkdirSync(path: string, options: { readonly recursive: true }): unknown;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
}

/** Of a file's status, what tells one file from another, and its size in bytes. */
export interface FileStatus {
  readonly ino: number;
  readonly dev: number;
  readonly size: number;
  /** Whether it is a regular file: no device, pipe or folder. */
  isFile(): boolean;
}

/** Node's file system; undefined where there is none. */
export function fileSystem(): FileSystem | undefined {
  return builtinModule('node:fs') as FileSystem | undefined;
}

/** The code of a system error, such as EPIPE. */
export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}
