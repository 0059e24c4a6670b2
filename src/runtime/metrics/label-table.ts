import { detached, isLabelText, labelText } from './label-text.js';

/** The value that all values beyond a label's cap share. */
export const otherValue = '__other__';

/** What a look-up answers when it has no ordinal to give. */
export const lookupFailure = { missing: -1, undeclared: -2, wrongType: -3 } as const;

/** The ordinal of `__other__`. */
export const otherOrdinal = 0;

/**
 * The values of one label, each with a number by which metrics know it. All metrics that carry the label share the table, so
 * the cap holds for the label and not for each metric alone.
 */
export class LabelTable {
  readonly identity: string;
  readonly key: string;
  readonly kind: 'closed' | 'registered' | 'open';
  readonly cap: number;
  private readonly ordinals = new Map<string, number>();
  /** By ordinal; the first is `__other__`, which a closed label never hands out. */
  private readonly texts: string[] = [otherValue];
  private readonly registrations: (() => void)[] = [];
  private registered = false;
  private refused = 0;

  constructor(
    identity: string,
    key: string,
    kind: LabelTable['kind'],
    cap: number,
    values: readonly string[],
  ) {
    this.identity = identity;
    this.key = key;
    this.kind = kind;
    this.cap = cap;
    if (kind !== 'closed') this.ordinals.set(otherValue, otherOrdinal);
    for (const value of values) this.admit(value);
  }

  /** The number of a value, which is admitted where that is still possible; a negative `lookupFailure` where it has none. */
  lookup(value: unknown): number {
    const text = typeof value === 'string' ? value : coerced(value);
    if (typeof text === 'number') return text;
    // Long texts are cut before the table is asked: hashing a megabyte is not free.
    const known = text.length <= 128 ? this.ordinals.get(text) : undefined;
    if (known !== undefined) return known;
    if (this.kind === 'closed') return lookupFailure.undeclared;
    const clean = isLabelText(text) ? text : labelText(text);
    const cleanKnown = this.ordinals.get(clean);
    if (cleanKnown !== undefined) return cleanKnown;
    if (this.registered || this.size >= this.cap) return otherOrdinal;
    return this.admit(detached(clean));
  }

  /** The number of a value that is known already; undefined where it is not. Admits nothing. */
  known(value: unknown): number | undefined {
    const text = typeof value === 'string' ? value : coerced(value);
    return typeof text === 'number' ? undefined : this.ordinals.get(labelText(text));
  }

  /** The text of an ordinal. */
  text(ordinal: number): string {
    return this.texts[ordinal] ?? otherValue;
  }

  /** How many values have been admitted, without `__other__`. */
  get size(): number {
    return this.texts.length - 1;
  }

  values(): readonly string[] {
    return this.texts.slice(1);
  }

  /** Whether all values are known that there will be, so that rows can be made before the first event. */
  get isSettled(): boolean {
    return this.kind === 'closed' || (this.kind === 'registered' && this.registered);
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
      if (this.size < this.cap) this.admit(detached(clean));
      else this.refused += 1;
    }
    this.registered = true;
    for (const listener of this.registrations) listener();
  }

  /** Calls back after each registration. */
  onRegistration(listener: () => void): void {
    this.registrations.push(listener);
  }

  private admit(text: string): number {
    const ordinal = this.texts.push(text) - 1;
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
