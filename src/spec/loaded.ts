import type { SourceFile } from '../diagnostics/source-file.js';
import type { LocatedMap } from './located.js';
import type { Spec } from './spec.js';

/** A spec with its presets and imports merged below it, valid against the schema, and the place of everything in it. */
export interface LoadedSpec {
  /**
   * Valid by construction: what the schema refused was reported and then replaced by the nearest valid value, so that the later stages
   * can go on and find what else is wrong. Objects have no prototype.
   */
  readonly spec: Spec;
  /** The same, with positions; where `spec` holds a replacement, this holds what the user wrote. */
  readonly root: LocatedMap;
  /**
   * Which keys of which entries were replaced: '/metrics/x_total' -> {'type'}. An entry is a value two levels below the root, or a
   * section such as '/target'. Findings that depend on a replaced key would be noise.
   */
  readonly repaired: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every file that was read, the main one first, then imports; presets last. */
  readonly files: readonly SourceFile[];
}
