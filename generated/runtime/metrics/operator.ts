// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { shared } from '../shared.js';
import { labelText } from './label-text.js';
import { readOperatorSource } from './operator-source.js';
import type { OperatorLimit, OperatorSource } from './operator-source.js';

export type { OperatorLimit } from './operator-source.js';

interface OperatorState extends OperatorSource {
  /** Keys of the labels that were made so far. */
  readonly labels: Set<string>;
  /** What cannot be done, by label key. */
  readonly refusals: Map<string, string>;
  /** Notes that `diag` was given. */
  readonly said: Set<string>;
}

const maxNotes = 50;

// Read when the first label is made, so that all labels are made under the same rules.
function state(): OperatorState {
  return shared('operator', () => ({
    ...readOperatorSource(),
    labels: new Set<string>(),
    refusals: new Map<string, string>(),
    said: new Set<string>(),
  }));
}

/**
 * What an operator asks of a label at start-up, without a release: by `OBSGEN_LABELS`, such as `tool=20,user=drop`, and by the JSON
 * file that `OBSGEN_LABELS_FILE` names. Bounds can only become tighter. Never throws: `operatorNotes` says what was not understood.
 * @param labelKey the label's key in the spec
 * @param declaredCap its cap in the spec; undefined for a label with a fixed set of values
 */
export function operatorLimit(labelKey: string, declaredCap: number | undefined): OperatorLimit | undefined {
  const { limits, labels, refusals } = state();
  labels.add(labelKey);
  const limit = limits.get(labelKey);
  if (limit === undefined || limit.drop === true || limit.cap === undefined) return limit;
  if (declaredCap !== undefined && limit.cap <= declaredCap) return limit;
  refusals.set(
    labelKey,
    declaredCap === undefined
      ? `the cap of ${labelKey} is ignored: its values are fixed by the spec, so that it can only be dropped`
      : `the cap ${limit.cap} of ${labelKey} is ignored: the spec has ${declaredCap}, and an operator can only set a lower one`,
  );
  return undefined;
}

/**
 * What of the operator's wishes is not in force, and what to do. Complete once all labels were made: before, those that are still to
 * come are listed as unknown.
 */
export function operatorNotes(): readonly string[] {
  const { limits, mistakes, labels, refusals } = state();
  const unknown = Array.from(limits.keys())
    .filter((key) => !labels.has(key))
    .map((key) => `there is no label ${labelText(key)}: telemetry.stats() lists the keys of all labels`);
  const notes = [...mistakes, ...refusals.values(), ...unknown];
  const more = notes.length - maxNotes;
  return more <= 0 ? notes : [...notes.slice(0, maxNotes), `and ${more} more`];
}

/** Tells `diag` of each note once: to be called when all labels were made. */
export function sayOperatorNotes(): void {
  const { said } = state();
  for (const note of operatorNotes()) {
    if (said.has(note)) continue;
    said.add(note);
    diag.warn(`limits of labels: ${note}`);
  }
}
