// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { LabelTable } from './label-table.js';
import { operatorLimit } from './operator.js';
import { shared } from '../shared.js';
import { hashedOrdinal } from './value-hash.js';
import type { ValueHash } from './value-hash.js';

/** A label of the spec; `V` are its values in TypeScript. */
export interface Label<V> {
  /** The label's key in the spec. */
  readonly key: string;
  /** The values that it has or has admitted so far. */
  readonly values: readonly V[];
  /** The number of a value; negative where it has none yet. For the metrics that carry the label. */
  readonly ordinal: (value: unknown) => number;
  /** For the metrics that carry the label. */
  readonly table: LabelTable;
}

/** A label with the values of the spec and no others. */
export interface ClosedLabel<V extends string> extends Label<V> {
  /** Whether a text is one of the values. */
  has(text: string): text is V;
}

/** A label that keeps the first `cap` values that it sees; the others share `__other__`. */
export interface OpenLabel extends Label<string> {
  readonly cap: number;
}

/**
 * A label whose values the program registers at start-up. Until then it admits the first `cap` values that it sees; from then
 * on, other values share `__other__`.
 */
export interface RegisteredLabel extends OpenLabel {
  /** Admits these values, up to the cap; may be called again to add more. */
  register(values: readonly string[]): void;
}

/** Makes a closed label. */
export function closedLabel<V extends string>(definition: {
  readonly key: string;
  readonly values: readonly V[];
  /** The place of a value among `values`, -1 where it is none of them: the compiler writes it out, which is faster than a table. */
  readonly ordinal?: (value: unknown) => number;
  /** The same for many values. */
  readonly hash?: ValueHash;
}): ClosedLabel<V> {
  const { key, values } = definition;
  const known = new Set<string>(values);
  const table = sharedTable(key, 'closed', values.length, values);
  const written = definition.hash === undefined ? definition.ordinal : hashedOrdinal(values, definition.hash);
  const ordinal = table.isDropped ? first : (written ?? numbering(table));
  return { key, values, table, ordinal, has: (text): text is V => known.has(text) };
}

/** Makes a label that the program's start-up closes. */
export function registeredLabel(definition: { readonly key: string; readonly cap: number }): RegisteredLabel {
  const { key, cap } = definition;
  const table = sharedTable(key, 'registered', cap, []);
  return {
    key,
    get cap() {
      return table.cap;
    },
    table,
    ordinal: numbering(table),
    get values() {
      return table.values();
    },
    register(values) {
      table.register(values);
    },
  };
}

/** Makes an open label. */
export function openLabel(definition: { readonly key: string; readonly cap: number }): OpenLabel {
  const { key, cap } = definition;
  const table = sharedTable(key, 'open', cap, []);
  return {
    key,
    get cap() {
      return table.cap;
    },
    table,
    ordinal: numbering(table),
    get values() {
      return table.values();
    },
  };
}

/** The number of every value of a label that the operator has dropped. */
function first(): number {
  return 0;
}

/** A value that is no text has no number here, and is looked at more closely where it is missed. */
function numbering({ isDropped, ordinals }: LabelTable): (value: unknown) => number {
  return isDropped ? first : (value) => ordinals.get(value) ?? -1;
}

function sharedTable(
  key: string,
  kind: LabelTable['kind'],
  cap: number,
  values: readonly string[],
): LabelTable {
  const identity = JSON.stringify(['label', key, kind, cap, values]);
  const limit = operatorLimit(key, kind === 'closed' ? undefined : cap);
  const table = shared(identity, () => new LabelTable(identity, key, kind, cap, values, limit));
  labelTables.add(table);
  return table;
}

/** Every label of the process, for `telemetry.stats()`. */
export const labelTables: Set<LabelTable> = shared('label tables', () => new Set<LabelTable>());
