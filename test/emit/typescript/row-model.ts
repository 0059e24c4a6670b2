import { labelText } from '../../../src/runtime/metrics/label-text.js';

/** A label as a spec bounds it. */
export type LabelShape =
  | { readonly kind: 'closed'; readonly values: readonly string[] }
  | { readonly kind: 'open' | 'registered'; readonly cap: number };

const other = '__other__';

/** What a metric is to hold: a plain map of label sets, and plain sets of admitted values. */
export class RowModel {
  /** By labels joined with commas, the cells. */
  readonly rows = new Map<string, number[]>();
  readonly drops: Record<string, number> = {};
  readonly overflows: Record<string, number> = {};
  private readonly type: 'counter' | 'gauge' | 'histogram';
  private readonly wire: readonly string[];
  private readonly labels: readonly LabelShape[];
  private readonly buckets: readonly number[];
  private readonly admitted: Set<string>[];
  private isRegistered = false;

  constructor(
    type: 'counter' | 'gauge' | 'histogram',
    wire: readonly string[],
    labels: readonly LabelShape[],
    buckets: readonly number[],
  ) {
    this.type = type;
    this.wire = wire;
    this.labels = labels;
    this.buckets = buckets;
    this.admitted = labels.map((label) => new Set(label.kind === 'closed' ? label.values : []));
  }

  update(of: unknown, amount: unknown): void {
    const texts = this.isRight(amount) ? this.texts(of) : [];
    if (typeof amount !== 'number') this.drop('wrong_type');
    else if (!this.isRight(amount)) this.drop('invalid_value');
    else if (typeof texts === 'string') this.drop(texts);
    else this.record(texts.map((text, index) => this.admit(index, text)).join(), amount);
  }

  remove(of: unknown): void {
    const texts = this.texts(of);
    if (typeof texts !== 'string') this.rows.delete(texts.join());
  }

  register(names: readonly string[]): void {
    this.labels.forEach((label, index) => {
      if (label.kind !== 'registered') return;
      for (const name of names) if (this.room(index) > 0) this.admitted[index]?.add(name);
    });
    this.isRegistered = true;
  }

  private isRight(amount: unknown): boolean {
    return Number.isFinite(amount) && (this.type === 'gauge' || (amount as number) >= 0);
  }

  /** The labels' texts, or why there are none. */
  private texts(of: unknown): string[] | string {
    let values: unknown[];
    try {
      values = this.wire.map((name) => (of as Record<string, unknown>)[name]);
    } catch {
      return 'missing_label';
    }
    const texts: string[] = [];
    for (const [index, value] of values.entries()) {
      if (value === undefined || value === null) return 'missing_label';
      if (!['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return 'wrong_type';
      const given = (value as string | number | boolean | bigint).toString();
      const text = this.has(index, given) ? given : labelText(given);
      // What is wrong first is what is counted.
      if (this.labels[index]?.kind === 'closed' && !this.has(index, text)) return 'undeclared_value';
      texts.push(text);
    }
    return texts;
  }

  private has(index: number, text: string): boolean {
    return this.admitted[index]?.has(text) === true;
  }

  private room(index: number): number {
    const label = this.labels[index];
    return label === undefined || label.kind === 'closed' ? 0 : label.cap - (this.admitted[index]?.size ?? 0);
  }

  private admit(index: number, text: string): string {
    if (text === other || this.has(index, text)) return text;
    const isClosed = this.labels[index]?.kind === 'registered' && this.isRegistered;
    if (!isClosed && this.room(index) > 0) {
      this.admitted[index]?.add(text);
      return text;
    }
    const name = this.wire[index] ?? '';
    this.overflows[name] = (this.overflows[name] ?? 0) + 1;
    return other;
  }

  private record(row: string, amount: number): void {
    const cells =
      this.rows.get(row) ??
      new Array<number>(this.type === 'histogram' ? this.buckets.length + 2 : 1).fill(0);
    this.rows.set(row, cells);
    if (this.type === 'gauge') cells[0] = amount;
    if (this.type === 'counter') cells[0] = (cells[0] ?? 0) + amount;
    if (this.type !== 'histogram') return;
    const found = this.buckets.findIndex((bound) => amount <= bound);
    const bucket = found < 0 ? this.buckets.length : found;
    cells[bucket] = (cells[bucket] ?? 0) + 1;
    cells[cells.length - 1] = (cells.at(-1) ?? 0) + amount;
  }

  private drop(reason: string): void {
    this.drops[reason] = (this.drops[reason] ?? 0) + 1;
  }
}
