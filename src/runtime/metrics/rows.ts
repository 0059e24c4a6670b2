import { countDrop, overflowAccount } from '../account.js';
import { monotonicSeconds } from '../host.js';
import { lookupFailure, otherOrdinal, otherValue } from './label-table.js';
import type { LabelTable } from './label-table.js';

/** One series, or the series of one histogram. */
export interface Row {
  /** By name on the wire; without a prototype, since names come from the spec. */
  readonly labels: Readonly<Record<string, string>>;
  /** Monotonic seconds of the last update. */
  touched: number;
  /** False once the row was dropped: a handle on it has to look again. */
  live: boolean;
}

/** How the rows of a metric are told apart and kept. */
export interface RowsDefinition {
  readonly metric: string;
  /** Name on the wire and table of each label. */
  readonly labels: readonly (readonly [name: string, table: LabelTable])[];
  /** Whether rows that are known beforehand are made before their first event. */
  readonly initialised: boolean;
  /** A row that nobody touched for so long is dropped; undefined: never. */
  readonly expireAfterSeconds: number | undefined;
  /** Called before the first row is made. */
  readonly beforeFirst: () => void;
}

/**
 * The rows of one metric. A row is known by the numbers of its label values, never by their texts joined together: two different
 * label sets cannot meet in one row, whatever characters they hold.
 */
export class Rows<R extends Row> {
  private readonly definition: RowsDefinition;
  private readonly create: (labels: Row['labels']) => R;
  private readonly rows = new Map<string, R>();
  private overflowed = false;
  private begun = false;

  constructor(definition: RowsDefinition, create: (labels: Row['labels']) => R) {
    this.definition = definition;
    this.create = create;
    this.initialise();
    if (!definition.initialised) return;
    for (const [, table] of definition.labels) {
      table.onRegistration(() => {
        this.initialise();
      });
    }
  }

  /** The row of a label set, made where it is new; undefined where the labels are wrong, which is counted. Never throws. */
  find(labels: unknown): R | undefined {
    const { metric } = this.definition;
    this.overflowed = false;
    let key = '';
    try {
      for (const [name, table] of this.definition.labels) {
        const value = (labels as Record<string, unknown> | undefined)?.[name];
        const ordinal = table.lookup(value);
        if (ordinal < 0) {
          countDrop(metric, failureReason(ordinal));
          return undefined;
        }
        if (ordinal === otherOrdinal && value !== otherValue) {
          this.overflowed = true;
          overflowAccount.add(metric, name);
        }
        key += `${ordinal},`;
      }
    } catch {
      // A getter or a proxy in the program's object failed.
      countDrop(metric, 'internal_error');
      return undefined;
    }
    const row = this.rows.get(key) ?? this.make(key);
    if (this.definition.expireAfterSeconds !== undefined) row.touched = monotonicSeconds();
    return row;
  }

  /** A handle on one row: it looks the labels up once, and again only where that is needed to count what is dropped. */
  bind(labels: unknown): () => R | undefined {
    const own = this.snapshot(labels);
    const expires = this.definition.expireAfterSeconds !== undefined;
    let row: R | undefined;
    return () => {
      if (row?.live === true) {
        if (expires) row.touched = monotonicSeconds();
        return row;
      }
      const found = this.find(own);
      row = this.overflowed ? undefined : found;
      return found;
    };
  }

  /** Takes a row out, as if it had never been; a label set without a row is left alone. */
  remove(labels: unknown): void {
    const own = this.snapshot(labels);
    let key = '';
    for (const [name, table] of this.definition.labels) {
      const ordinal = table.known(own[name]);
      if (ordinal === undefined) return;
      key += `${ordinal},`;
    }
    const row = this.rows.get(key);
    if (row !== undefined) this.drop(key, row);
  }

  /** The rows that are to be shown; those that expired are dropped first. */
  current(): Iterable<R> {
    const { expireAfterSeconds } = this.definition;
    if (expireAfterSeconds !== undefined) {
      const oldest = monotonicSeconds() - expireAfterSeconds;
      for (const [key, row] of this.rows) if (row.touched < oldest) this.drop(key, row);
    }
    return this.rows.values();
  }

  /** Drops all rows and makes the known ones anew. */
  reset(): void {
    for (const [key, row] of this.rows) this.drop(key, row);
    this.initialise();
  }

  /** Says that rows are to be expected. */
  begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.definition.beforeFirst();
  }

  private drop(key: string, row: R): void {
    row.live = false;
    this.rows.delete(key);
  }

  private make(key: string): R {
    this.begin();
    const ordinals = key.split(',');
    const labels = Object.create(null) as Record<string, string>;
    this.definition.labels.forEach(([name, table], index) => {
      labels[name] = table.text(Number(ordinals[index]));
    });
    const row = this.create(labels);
    this.rows.set(key, row);
    return row;
  }

  /** Makes the rows that are known beforehand: of each combination where all labels are closed or registered. */
  private initialise(): void {
    const { initialised, labels } = this.definition;
    if (!initialised || !labels.every(([, table]) => table.isSettled)) return;
    let keys = [''];
    for (const [, table] of labels) {
      const ordinals = table.values().map((_, index) => index + 1);
      keys = keys.flatMap((key) => ordinals.map((ordinal) => `${key}${ordinal},`));
    }
    for (const key of keys) if (!this.rows.has(key)) this.make(key);
  }

  /** The labels as they are now, so that a handle does not follow later changes of the program's object. */
  private snapshot(labels: unknown): Readonly<Record<string, unknown>> {
    const own = Object.create(null) as Record<string, unknown>;
    try {
      for (const [name] of this.definition.labels) own[name] = (labels as Record<string, unknown>)[name];
    } catch {
      // What is missing is counted at each use of the handle.
    }
    return own;
  }
}

function failureReason(ordinal: number): 'missing_label' | 'undeclared_value' | 'wrong_type' {
  if (ordinal === lookupFailure.missing) return 'missing_label';
  return ordinal === lookupFailure.undeclared ? 'undeclared_value' : 'wrong_type';
}
