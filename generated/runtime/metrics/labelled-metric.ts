// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AnyDefinition } from './metric.js';
import { sharedStore } from './metric.js';
import type { Family } from './family.js';
import { noRow } from './slab.js';
import type { LabelTable } from './label-table.js';
import type { MetricStore } from './store.js';

/**
 * What metrics with labels have in common. The compiler writes a class below the one of each kind, in which `row` is written out for
 * the labels of that metric; here it is worked out from their list, which is right for any and several times slower.
 */
export class LabelledMetric<L> {
  declare protected readonly store: MetricStore;
  declare private readonly names: readonly string[];

  constructor(type: Family['type'], definition: AnyDefinition) {
    this.store = sharedStore(type, definition);
    this.names = Object.keys(definition.labels);
  }

  /** Drops a row. */
  remove(labels: L): void {
    this.store.remove(this.store.find(this.read(labels)));
  }

  /** The row of a label set; `noRow` where the update is to be dropped, which has been counted. Never throws. */
  protected row(labels: L): number {
    try {
      const given = labels as Readonly<Record<string, unknown>>;
      return this.miss(this.names.map((name) => given[name]));
    } catch {
      return this.unreadable();
    }
  }

  /** The row of a label set of which a value has no number yet, or cannot have one; values in the order of the labels. */
  protected miss(values: readonly unknown[]): number {
    return this.store.locate(values);
  }

  /** The row of a label set by its number, where rows are made as label sets occur. */
  protected rowOfKey(key: number): number {
    return this.store.hashed?.rowOfKey(key) ?? noRow;
  }

  /** Counts an update whose labels could not be read: they are none, or a getter or a proxy of the program failed. */
  protected unreadable(): number {
    return this.store.drop('missing_label');
  }

  /** The values of the labels as they are now, so that a handle does not follow later changes of the program's object. */
  protected read(labels: L): readonly unknown[] {
    try {
      const given = labels as Readonly<Record<string, unknown>>;
      return this.names.map((name) => given[name]);
    } catch {
      // What is missing is counted at each use.
      return this.names.map(() => undefined);
    }
  }
}

/** The table of a metric's label by its name on the wire; undefined for anything else. Also of a second copy of this module. */
export function tableOf(metric: unknown, label: string): LabelTable | undefined {
  const { store } = metric as { readonly store?: MetricStore };
  return store?.tableOf(label);
}

/** A handle on one row: it looks the labels up once, and again only where that is needed to count what is dropped. */
export class RowHandle {
  declare protected readonly store: MetricStore;
  declare private readonly values: readonly unknown[];
  declare private cached: number;
  /** The store's generation in which the row was found; -1: look again at each use. */
  declare private generation: number;

  constructor(store: MetricStore, values: readonly unknown[]) {
    this.store = store;
    this.values = values;
    this.cached = noRow;
    this.generation = -1;
  }

  protected row(): number {
    return this.generation === this.store.generation ? this.cached : this.find();
  }

  private find(): number {
    const { store } = this;
    const row = store.locate(this.values);
    this.cached = row;
    this.generation = row === noRow || store.overflowed ? -1 : store.generation;
    return row;
  }
}
