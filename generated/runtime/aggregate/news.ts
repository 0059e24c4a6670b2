// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Exemplar } from '../metrics/exemplar.js';
import type { FamilyShape } from './shape.js';

/**
 * What a member has to say of one of its families beyond the numbers: only what is new since it last spoke. Fit for JSON, apart from
 * `memory`.
 */
export interface FamilyNews {
  /** The number by which the member knows the family; counts from 0. */
  readonly family: number;
  /** When the family is named for the first time. */
  readonly shape?: FamilyShape;
  /** Rows that were freed: another label set may have them from now on. */
  readonly freed?: readonly number[];
  /** Rows that have labels now which they had not before. */
  readonly rows?: readonly number[];
  /** Their label values, one after the other: as many for each row as the family has labels. */
  readonly values?: readonly string[];
  readonly exemplars?: readonly (readonly [row: number, bucket: number, exemplar: Exemplar])[];
  /** Where the family's numbers are from now on, between threads. */
  readonly memory?: CellMemory;
}

/** Where the numbers of a family lie. */
export interface CellMemory {
  /** Rows from here on were never used. */
  readonly rowCount: number;
  readonly state: Uint8Array;
  readonly cells: Float64Array;
}

/** No numbers yet. */
export const noMemory: CellMemory = { rowCount: 0, state: new Uint8Array(0), cells: new Float64Array(0) };
