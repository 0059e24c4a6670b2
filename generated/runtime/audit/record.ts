// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { SafeValue } from '../redaction/safe-value.js';
import { nodeCrypto } from './node-files.js';

/** A line of an audit trail. */
export interface AuditRecord {
  /** From 1, without gaps, through all files of a chain. */
  readonly seq: number;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** The chain, a random name: each process that writes at the same time has its own. */
  readonly chain: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, SafeValue>>;
  /** `hash` of the record before it; 64 zeros at the beginning of a chain. */
  readonly prev: string;
  /** SHA-256, or HMAC with it where there is a key, of the line up to this field. */
  readonly hash: string;
}

/** Records that the trail writes of itself. */
export const ownEvents = {
  /** The beginning of a chain. */
  opened: 'audit.opened',
  /** The same chain, in a new process or a new file. */
  continued: 'audit.continued',
  /** The line before this one was torn off by a crash or a full disk. */
  repaired: 'audit.repaired',
} as const;

/** `prev` of the first record. */
export const chainStart: string = '0'.repeat(64);

/** Seals lines with their hash. */
export interface Seal {
  readonly algorithm: 'sha256' | 'hmac-sha256';
  /** Tells keys apart without giving them away; undefined where there is none. */
  readonly keyId: string | undefined;
  hash(text: string): string;
}

/** Makes a seal; with a key, nobody can make a valid chain who does not have it. */
export function createSeal(key?: string): Seal {
  const crypto = nodeCrypto();
  if (key === undefined) {
    return {
      algorithm: 'sha256',
      keyId: undefined,
      hash: (text) => crypto.createHash('sha256').update(text).digest('hex'),
    };
  }
  const hash = (text: string): string => crypto.createHmac('sha256', key).update(text).digest('hex');
  return { algorithm: 'hmac-sha256', keyId: hash('obs-gen audit key').slice(0, 8), hash };
}

/**
 * A record as it stands in the file, without its line end, and its hash. What is hashed are the bytes of the line itself up to the hash,
 * so that there is nothing to agree about: not the order of keys, not the spelling of a number.
 */
export function sealedLine(
  record: Omit<AuditRecord, 'hash'>,
  seal: Seal,
): { readonly line: string; readonly hash: string } {
  const { seq, time, chain, event, fields, prev } = record;
  const head = JSON.stringify({ seq, time, chain, event, fields, prev }).slice(0, -1);
  const hash = seal.hash(head);
  return { line: `${head},"hash":"${hash}"}`, hash };
}

const sealed = /^(\{"seq":.*"prev":"[0-9a-f]{64}"),"hash":"([0-9a-f]{64})"\}$/s;

/** What a line says, and whether its hash is right; undefined where it is no record. */
export function readLine(
  line: string,
  seal: Seal,
): { readonly record: AuditRecord; readonly isSealed: boolean } | undefined {
  const [, head = '', hash = ''] = sealed.exec(line) ?? [];
  if (head === '') return undefined;
  try {
    const record = JSON.parse(line) as AuditRecord;
    const isRecord =
      Number.isSafeInteger(record.seq) && typeof record.event === 'string' && record.hash === hash;
    return isRecord ? { record, isSealed: seal.hash(head) === hash } : undefined;
  } catch {
    return undefined;
  }
}
