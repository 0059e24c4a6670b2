// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** What is used of node:fs. */
export interface NodeFiles {
  openSync(path: string, flags: number, mode?: number): number;
  closeSync(file: number): void;
  writeSync(file: number, bytes: Uint8Array): number;
  readSync(file: number, into: Uint8Array, offset: number, length: number, position: number): number;
  fstatSync(file: number): { readonly size: number; readonly mode: number };
  fchmodSync(file: number, mode: number): void;
  fdatasyncSync(file: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  readdirSync(path: string): string[];
  readFileSync(path: string, encoding: 'utf8'): string;
  statSync(path: string): { readonly mtimeMs: number };
  utimesSync(path: string, atime: number, mtime: number): void;
  mkdirSync(path: string, options: { readonly recursive: true; readonly mode: number }): unknown;
  readonly constants: Readonly<Record<string, number | undefined>>;
}

/** What is used of node:path. */
export interface NodePaths {
  basename(path: string): string;
  dirname(path: string): string;
  extname(path: string): string;
  join(...parts: string[]): string;
}

/** What is used of node:crypto. */
export interface NodeCrypto {
  createHash(algorithm: string): Digest;
  createHmac(algorithm: string, key: string): Digest;
  randomBytes(size: number): { toString(encoding: 'hex'): string };
}

interface Digest {
  update(text: string | Uint8Array): Digest;
  digest(encoding: 'hex'): string;
}

export function nodeFiles(): NodeFiles {
  return builtinModule('node:fs') as NodeFiles;
}

export function nodePaths(): NodePaths {
  return builtinModule('node:path') as NodePaths;
}

export function nodeCrypto(): NodeCrypto {
  return builtinModule('node:crypto') as NodeCrypto;
}
