// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { otherValue } from '../metrics/label-table.js';

/** Ordinals and rows stay below 2^26, so that a pair of them is one exact number. */
const radix = 0x400_0000;

/**
 * The rows of a merged family by their label values. A value is interned to a number, and a label set is found by going from number
 * to number: no text is ever joined to another one, so two label sets cannot meet in one row. A label beyond its cap ends in
 * `__other__` here too, since members fill their caps with different values.
 */
export class LabelRows {
  /** By label, how many values it may have besides `__other__`. */
  caps: readonly (number | null)[] = [];
  /** By label, how many rows of members went to `__other__` here. */
  readonly folded: number[];
  /** By row. */
  private readonly labels: (readonly string[])[] = [];
  private readonly ordinals: Map<string, number>[];
  /** By label, from the number of what came before and the ordinal to the next number; the last one is the row. */
  private readonly steps: Map<number, number>[];

  constructor(labelCount: number) {
    this.folded = Array.from({ length: labelCount }, () => 0);
    this.ordinals = Array.from({ length: labelCount }, () => new Map<string, number>());
    this.steps = Array.from({ length: labelCount }, () => new Map<number, number>());
  }

  /** How many rows there are. */
  get size(): number {
    return this.labels.length;
  }

  labelsOf(row: number): readonly string[] {
    return this.labels[row] ?? [];
  }

  /** Whether a label set would need a place under a cap that is full. */
  overflows(values: readonly string[]): boolean {
    return values.some((value, index) => this.isBeyond(index, value));
  }

  /** The row of a label set, made where it is new. */
  rowOf(values: readonly string[]): number {
    const shown = values.map((value, index) => {
      if (!this.isBeyond(index, value)) return value;
      this.folded[index] = (this.folded[index] ?? 0) + 1;
      return otherValue;
    });
    let at = 0;
    shown.forEach((value, index) => {
      at = this.step(index, at * radix + this.ordinal(index, value));
    });
    if (at === this.labels.length) this.labels.push(shown);
    return at;
  }

  private step(index: number, pair: number): number {
    const steps = this.steps[index];
    const known = steps?.get(pair);
    if (known !== undefined) return known;
    const isLast = index === this.steps.length - 1;
    const made = isLast ? this.labels.length : (steps?.size ?? 0);
    steps?.set(pair, made);
    return made;
  }

  private ordinal(index: number, value: string): number {
    const ordinals = this.ordinals[index];
    const known = ordinals?.get(value);
    if (known !== undefined) return known;
    const made = ordinals?.size ?? 0;
    ordinals?.set(value, made);
    return made;
  }

  private isBeyond(index: number, value: string): boolean {
    const cap = this.caps[index] ?? null;
    const ordinals = this.ordinals[index];
    if (cap === null || ordinals === undefined || value === otherValue || ordinals.has(value)) return false;
    return ordinals.size - (ordinals.has(otherValue) ? 1 : 0) >= cap;
  }
}
