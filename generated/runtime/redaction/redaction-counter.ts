// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';

/** Where what was hidden would have gone; the values of the label `sink` of the security preset. */
export type RedactionSink = 'log' | 'span' | 'error_report';

/** A counter by rule and sink, such as `security_redactions_total` of the security preset. */
export interface RedactionCounter {
  inc(labels: { readonly rule: string; readonly sink: RedactionSink }): void;
}

const state = shared('redaction counter', (): { counter: RedactionCounter | undefined } => ({
  counter: undefined,
}));

/** Counts from now on what is hidden; undefined: no longer. */
export function countRedactions(counter: RedactionCounter | undefined): void {
  state.counter = counter;
}

/** Notes that a rule has hidden something. Never throws. */
export function noteRedaction(rule: string, sink: RedactionSink): void {
  try {
    state.counter?.inc({ rule, sink });
  } catch {
    // A counter of the program's that fails is no reason to show a secret.
  }
}
