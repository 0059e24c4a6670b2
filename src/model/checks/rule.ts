import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import type { Spec } from '../../spec/spec.js';
import type { Model } from '../model.js';

/** What a rule may look at. */
export interface CheckInput {
  readonly model: Model;
  /** For what the model does not keep: keys that contradict each other, and the places of keys. */
  readonly loaded: LoadedSpec;
  readonly spec: Spec;
  /** ISO date. */
  readonly today: string;
}

/** One rule: pure, and silent about what depends on something that is already reported. */
export type Rule = (input: CheckInput) => Iterable<Diagnostic>;
