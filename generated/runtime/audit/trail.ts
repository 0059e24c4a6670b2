// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countLost } from '../account.js';
import type { SafeValue } from '../redaction/safe-value.js';
import { everySeconds } from '../timers.js';
import { nodeCrypto, nodeFiles, nodePaths } from './node-files.js';
import type { NodeFiles } from './node-files.js';
import { chainStart, createSeal, ownEvents, readLine, sealedLine } from './record.js';
import type { Seal } from './record.js';
import { takeSlot } from './slot.js';
import type { Slot } from './slot.js';
import { lastArchived, readTail } from './tail.js';
import type { Tail } from './tail.js';

/** When what was written is forced to the disk: with each record, each second, or when the system sees fit. */
export type AuditSync = 'always' | 'interval' | 'never';

/** Where an audit trail goes. */
export interface AuditOptions {
  readonly file: string;
  /** The secret of the chain; without it whoever can write the file can make another valid chain. */
  readonly key?: string | undefined;
  /** A file that has become as large as this is put aside; 64 MiB by default. */
  readonly rotateBytes?: number | undefined;
  /** `interval` by default. */
  readonly sync?: AuditSync | undefined;
}

/** What is known of a trail. */
export interface AuditState {
  readonly file: string;
  readonly chain: string;
  /** Number of the last record. */
  readonly seq: number;
  readonly sealed: Seal['algorithm'];
}

const defaultRotateBytes = 64 * 1024 * 1024;

interface Encoder {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
}
const encoder = new (globalThis as unknown as Encoder).TextEncoder();

/**
 * An append-only file of records, each of which carries the hash of the one before it. Every record is written at once and by one call,
 * so that what was told survives the end of the process, however it ends.
 */
export class AuditTrail {
  private readonly options: AuditOptions;
  private readonly seal: Seal;
  private readonly files: NodeFiles = nodeFiles();
  private readonly slot: Slot;
  private readonly endSync: (() => void) | undefined;
  private file: number;
  private size = 0;
  private seq = 0;
  private chain = '';
  private prev = chainStart;
  private isDirty = false;
  private isBroken = false;

  /** @throws where the file cannot be opened */
  constructor(options: AuditOptions) {
    this.options = options;
    this.seal = createSeal(options.key);
    this.slot = takeSlot(options.file);
    try {
      this.file = this.open();
      this.resume();
    } catch (error) {
      this.slot.release();
      throw error;
    }
    if ((options.sync ?? 'interval') === 'interval')
      this.endSync = everySeconds(1, () => {
        this.flush();
      });
  }

  state(): AuditState {
    return { file: this.slot.file, chain: this.chain, seq: this.seq, sealed: this.seal.algorithm };
  }

  /** Adds a record; whether it was written. What was not is counted. Never throws. */
  add(event: string, fields: Readonly<Record<string, SafeValue>>): boolean {
    try {
      if (this.isBroken) this.recover();
      if (this.size >= (this.options.rotateBytes ?? defaultRotateBytes)) this.rotate();
      this.write(event, fields);
      return true;
    } catch (error) {
      countLost('audit_records', 'write_failed');
      diag.warn(`a record of the audit trail ${this.slot.file} could not be written`, error);
      return false;
    }
  }

  /** Forces what was written to the disk. */
  flush(): void {
    if (!this.isDirty) return;
    try {
      this.files.fdatasyncSync(this.file);
      this.isDirty = false;
    } catch (error) {
      diag.warn(`the audit trail ${this.slot.file} could not be forced to the disk`, error);
    }
  }

  close(): void {
    this.endSync?.();
    this.flush();
    this.files.closeSync(this.file);
    this.slot.release();
  }

  private write(event: string, fields: Readonly<Record<string, SafeValue>>, before: '' | '\n' = ''): void {
    const { line, hash } = sealedLine(
      {
        seq: this.seq + 1,
        time: new Date().toISOString(),
        chain: this.chain,
        event,
        fields,
        prev: this.prev,
      },
      this.seal,
    );
    const bytes = encoder.encode(`${before}${line}\n`);
    // Until the call has returned, nobody knows how much of the line is in the file.
    this.isBroken = true;
    const written = this.files.writeSync(this.file, bytes);
    if (written !== bytes.length) throw new Error(`${written} of ${bytes.length} bytes were written`);
    this.isBroken = false;
    this.size += bytes.length;
    this.seq += 1;
    this.prev = hash;
    this.isDirty = true;
    if (this.options.sync === 'always') this.flush();
  }

  /** Opens the file, which only its owner may read; a link in its place is refused. */
  private open(): number {
    const { O_RDWR = 0, O_APPEND = 0, O_CREAT = 0, O_NOFOLLOW = 0 } = this.files.constants;
    const file = this.files.openSync(this.slot.file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
    const { size, mode } = this.files.fstatSync(file);
    if ((mode & 0o077) !== 0) this.files.fchmodSync(file, 0o600);
    this.size = size;
    return file;
  }

  /** Goes on with the chain of the file, or of the newest one that was put aside; a chain that is broken is put aside whole. */
  private resume(): void {
    const tail = readTail(this.file);
    if (tail.line === undefined) {
      this.resumeArchived(tail);
      return;
    }
    const last = readLine(tail.line, this.seal);
    if (last?.isSealed !== true) {
      this.startAfterFault();
      return;
    }
    const { seq, chain, hash } = last.record;
    Object.assign(this, { seq, chain, prev: hash });
    if (tail.torn.length > 0) this.repair(tail.torn);
    this.write(ownEvents.continued, this.opening({}));
  }

  private resumeArchived(tail: Tail): void {
    const head = lastArchived(this.slot.file, this.seal);
    this.chain = head?.record.chain ?? nodeCrypto().randomBytes(8).toString('hex');
    if (head !== undefined) Object.assign(this, { seq: head.record.seq, prev: head.record.hash });
    if (tail.torn.length > 0) this.repair(tail.torn);
    const event = head === undefined ? ownEvents.opened : ownEvents.continued;
    this.write(event, this.opening(head === undefined ? {} : { after: head.file }));
  }

  private startAfterFault(): void {
    const aside = `${this.slot.file}.broken-${Date.now()}`;
    diag.warn(
      `the last record of the audit trail ${this.slot.file} is not valid: the file is now ${aside}, and a new chain begins`,
    );
    this.files.renameSync(this.slot.file, aside);
    this.files.closeSync(this.file);
    this.file = this.open();
    this.chain = nodeCrypto().randomBytes(8).toString('hex');
    this.write(ownEvents.opened, this.opening({ broken: nodePaths().basename(aside) }));
  }

  /** After a write that failed: nothing of the line is in the file, or all of it, or a part that has to be ended. */
  private recover(): void {
    const { line, torn } = readTail(this.file);
    const last = line === undefined ? undefined : readLine(line, this.seal);
    const { seq, prev, hash } = last?.record ?? {};
    if (last?.isSealed === true && seq === this.seq + 1 && prev === this.prev && hash !== undefined)
      Object.assign(this, { seq, prev: hash });
    this.isBroken = false;
    if (torn.length > 0) this.repair(torn);
  }

  /** Ends a torn line and says so: the record that it was to become is lost, the chain goes on before it. */
  private repair(torn: Uint8Array): void {
    const digest = nodeCrypto().createHash('sha256').update(torn).digest('hex');
    this.write(ownEvents.repaired, { bytes: torn.length, sha256: digest }, '\n');
  }

  private rotate(): void {
    this.flush();
    const aside = `${this.slot.file}.${String(this.seq).padStart(12, '0')}`;
    this.files.renameSync(this.slot.file, aside);
    this.files.closeSync(this.file);
    this.file = this.open();
    this.write(ownEvents.continued, this.opening({ after: nodePaths().basename(aside) }));
  }

  private opening(more: Readonly<Record<string, SafeValue>>): Record<string, SafeValue> {
    const { algorithm, keyId } = this.seal;
    return { sealed: algorithm, ...(keyId === undefined ? {} : { key: keyId }), ...more };
  }
}
