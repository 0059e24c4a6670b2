// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { freeName, ownKeys } from './line-keys.js';
import type { LineWriter } from './line-writer.js';

/** Fields of a line of free text, by name. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Fields of one call that are shown. */
const maxFields = 100;
/** Characters of all fields of a line together; the values of one field have a bound of their own. */
const maxLength = 262_144;
const maxName = 256;
/** Stands where fields were left out. */
const more = '…';

/** Writes the fields of lines of free text: those of the log, which are written once, and those of each call. */
export class FieldWriter {
  private readonly redactor: Redactor;
  private readonly line: LineWriter;
  private readonly shared: LogFields;
  /** The names of the shared fields, and what they are called on a line. */
  private readonly sharedNames: readonly string[];
  private readonly sharedText: string;

  constructor(redactor: Redactor, line: LineWriter, shared: LogFields = {}) {
    this.redactor = redactor;
    this.line = line;
    this.shared = shared;
    const keys = new Set<string>();
    this.sharedText = this.distinct({}, [], [], keys);
    this.sharedNames = [...new Set([...namesOf(shared), ...keys])];
  }

  /**
   * The fields of a call. Where one of them has a name that is taken already, all are put together again with names that are free.
   * @param scopeNames keys that stand on the line already, beside those of the runtime
   */
  text(fields: unknown, scopeNames: readonly string[]): string {
    const { sharedNames } = this;
    const own = namesOf(fields);
    if (sharedNames.length === 0 && own.length === 0) return '';
    let written = this.sharedText;
    for (const name of own) {
      if (!this.isFree(name, scopeNames)) return this.distinct(fields as LogFields, own, scopeNames);
      if (written.length > maxLength) return `${written},"${more}":"${more}"`;
      written += this.member(fields as LogFields, name, name);
    }
    return sharedNames.some((name) => scopeNames.includes(name))
      ? this.distinct(fields as LogFields, own, scopeNames)
      : written;
  }

  /** Whether a name stands on the line as it is, and nothing else does under it. */
  private isFree(name: string, scopeNames: readonly string[]): boolean {
    return (
      !ownKeys.has(name) &&
      !this.sharedNames.includes(name) &&
      !scopeNames.includes(name) &&
      name !== more &&
      name.length <= maxName &&
      this.redactor.isPlain(name)
    );
  }

  /**
   * All fields under names that are free. A field of the call goes before one of the log that has the same name.
   * @param keys is told the names
   */
  private distinct(
    fields: LogFields,
    own: readonly string[],
    scopeNames: readonly string[],
    keys = new Set<string>(),
  ): string {
    const taken = new Set([...ownKeys, ...scopeNames, more]);
    const inherited = namesOf(this.shared).filter((name) => !own.includes(name));
    const members = [
      ...inherited.map((name) => [this.shared, name] as const),
      ...own.map((name) => [fields, name] as const),
    ];
    let written = '';
    for (const [of, name] of members) {
      if (written.length > maxLength) return `${written},"${more}":"${more}"`;
      const key = freeName(safeText(name.slice(0, maxName), this.redactor), 'field.', taken);
      taken.add(key);
      keys.add(key);
      written += this.member(of, name, key);
    }
    return written;
  }

  private member(of: LogFields, name: string, key: string): string {
    let value: unknown;
    try {
      value = of[name];
    } catch {
      value = '[unreadable]';
    }
    if (value === undefined) return '';
    return `,${this.line.quoted(key)}:${this.line.value(name, value)}`;
  }
}

function namesOf(fields: unknown): readonly string[] {
  if (typeof fields !== 'object' || fields === null) return [];
  try {
    return Object.keys(fields).slice(0, maxFields);
  } catch {
    return [];
  }
}
