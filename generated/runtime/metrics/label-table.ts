// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { detached, isLabelText, labelText } from './label-text.js';

/** The value that all values beyond a label's cap share. */
export const otherValue = '__other__';

/** What a look-up answers when it has no ordinal to give. */
export const lookupFailure = { missing: -1, undeclared: -2, wrongType: -3, unknown: -4 } as const;

/** The ordinal of `__other__` in a label that is not closed. */
export const otherOrdinal = 0;

/** A metric that carries a label. */
export interface LabelUser {
  /** Makes the rows that are known beforehand, after names were registered. */
  registered(): void;
  /** Takes those numbers of values out of a set that a row that is shown has. */
  keepUsed(table: LabelTable, ordinals: Set<number>): void;
  /** A value was given back: rows and handles that had it are to be looked up again. */
  released(): void;
}

/**
 * The values of one label, each with a number by which metrics know it. All metrics that carry the label share the table, so
 * the cap holds for the label and not for each metric alone.
 */
export class LabelTable {
  readonly identity: string;
  readonly key: string;
  readonly kind: 'closed' | 'registered' | 'open';
  /** The spec's cap; the numbers of values never reach beyond it. */
  readonly declaredCap: number;
  /** The cap that holds from the start: the operator's, where that is tighter than the spec's. */
  private readonly startCap: number;
  /** The cap in force. */
  private currentCap: number;
  /** Whether the operator has dropped the label: every value is one, and no page shows it. */
  readonly isDropped: boolean;
  /** By value, its number: what generated code reads. */
  readonly ordinals: Map<unknown, number> = new Map<unknown, number>();
  /** By number; of a label that is not closed, the first is `__other__`. Undefined where a value was given back. */
  private readonly texts: (string | undefined)[];
  private readonly free: number[] = [];
  private readonly users = new Set<LabelUser>();
  private registered = false;
  /** Names that were registered and found no room; more than the spec has room for cannot come in later either. */
  private readonly refusedNames = new Set<string>();
  private refused = 0;

  constructor(
    identity: string,
    key: string,
    kind: LabelTable['kind'],
    cap: number,
    values: readonly string[],
    limit: { readonly cap?: number | undefined; readonly drop?: boolean | undefined } = {},
  ) {
    this.identity = identity;
    this.key = key;
    this.kind = kind;
    this.declaredCap = cap;
    this.startCap = kind === 'closed' ? cap : Math.min(cap, limit.cap ?? cap);
    this.currentCap = this.startCap;
    this.isDropped = limit.drop === true;
    this.texts = kind === 'closed' ? [] : [otherValue];
    if (kind !== 'closed') this.ordinals.set(otherValue, otherOrdinal);
    for (const value of values) this.add(value);
  }

  /** The cap in force: the operator's, where that is tighter. */
  get cap(): number {
    return this.currentCap;
  }

  /**
   * Sets the cap while the program runs, as far as the start admits it; undefined: that of the start. Values that have come in stay.
   * A label whose values are fixed has none to set.
   */
  limit(cap: number | undefined): void {
    if (this.kind === 'closed') return;
    const isWish = cap !== undefined && cap >= 1 && cap <= this.declaredCap;
    this.currentCap = isWish ? Math.min(cap, this.startCap) : this.startCap;
    if (this.refusedNames.size > 0) this.register([...this.refusedNames]);
  }

  /** How many numbers there can be, `__other__` included; fixed by the spec, since generated code calculates with it. */
  get dimension(): number {
    return this.kind === 'closed' ? this.declaredCap : this.declaredCap + 1;
  }

  /** The number of a value; a negative `lookupFailure` where it has none (yet). Admits nothing. */
  lookup(value: unknown): number {
    if (this.isDropped) return 0;
    const text = typeof value === 'string' ? value : coerced(value);
    if (typeof text === 'number') return text;
    const known =
      this.ordinals.get(text) ?? (isLabelText(text) ? undefined : this.ordinals.get(labelText(text)));
    if (known !== undefined) return known;
    return this.kind === 'closed' ? lookupFailure.undeclared : lookupFailure.unknown;
  }

  /** The number of a value that `lookup` did not know: a new one where there is room, else that of `__other__`. */
  admit(value: unknown): number {
    const clean = labelText(String(value));
    // A metric that carries the label twice may just have admitted it.
    const known = this.ordinals.get(clean);
    if (known !== undefined) return known;
    if (this.registered || this.size >= this.cap) return otherOrdinal;
    return this.add(detached(clean));
  }

  /** Whether a value stands for itself rather than for all that found no room. */
  isOverflow(ordinal: number, value: unknown): boolean {
    return ordinal === otherOrdinal && this.kind !== 'closed' && !this.isDropped && value !== otherValue;
  }

  /** The text of a number. */
  text(ordinal: number): string {
    return this.texts[ordinal] ?? otherValue;
  }

  /** How many values have been admitted, without `__other__`. */
  get size(): number {
    return this.texts.length - this.free.length - (this.kind === 'closed' ? 0 : 1);
  }

  values(): readonly string[] {
    const texts = this.kind === 'closed' ? this.texts : this.texts.slice(1);
    return texts.filter((text): text is string => text !== undefined);
  }

  /** The numbers of all values that are admitted now. */
  admitted(): readonly number[] {
    if (this.isDropped) return [0];
    return this.values().map((text) => this.ordinals.get(text) ?? otherOrdinal);
  }

  /** Whether all values are known that there will be, so that rows can be made before the first event. */
  get isSettled(): boolean {
    return this.kind === 'closed' || this.isDropped || (this.kind === 'registered' && this.registered);
  }

  /** Names that were registered beyond the cap. */
  get refusals(): number {
    return this.refused;
  }

  register(values: readonly string[]): void {
    if (this.kind !== 'registered' || !Array.isArray(values)) return;
    for (const value of values as readonly unknown[]) {
      if (typeof value !== 'string') continue;
      const clean = labelText(value);
      if (this.ordinals.has(clean)) continue;
      if (this.size < this.cap) {
        this.add(detached(clean));
        if (this.refusedNames.delete(clean)) this.refused -= 1;
      } else if (!this.refusedNames.has(clean)) {
        this.refused += 1;
        if (this.refusedNames.size < this.declaredCap) this.refusedNames.add(detached(clean));
      }
    }
    this.registered = true;
    for (const user of this.users) user.registered();
  }

  /** Notes a metric that carries the label. */
  usedBy(user: LabelUser): void {
    this.users.add(user);
  }

  /** Gives the values back that no row that is shown has any more; those of a label that is registered stay. */
  release(ordinals: Iterable<number>): void {
    if (this.kind !== 'open' || this.isDropped) return;
    const unused = new Set(ordinals);
    unused.delete(otherOrdinal);
    // All at once: each metric is searched through as a whole.
    for (const user of this.users) if (unused.size > 0) user.keepUsed(this, unused);
    for (const ordinal of unused) {
      const text = this.texts[ordinal];
      if (text === undefined) continue;
      this.ordinals.delete(text);
      this.texts[ordinal] = undefined;
      this.free.push(ordinal);
    }
    if (unused.size > 0) for (const user of this.users) user.released();
  }

  private add(text: string): number {
    const ordinal = this.free.pop() ?? this.texts.length;
    this.texts[ordinal] = text;
    this.ordinals.set(text, ordinal);
    return ordinal;
  }
}

/** Numbers and booleans have an obvious text; of other things the name is a mistake. */
function coerced(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return value === undefined || value === null ? lookupFailure.missing : lookupFailure.wrongType;
}
