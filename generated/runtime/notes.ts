// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { shared } from './shared.js';

/** More different things cannot go wrong at a start; a file that changes with every reading must not fill the memory. */
const maxNotes = 50;

const current = shared('notes', () => new Map<string, readonly string[]>());

/** What is not as the operator asked for, and what to do, by what was said of each subject last. */
export function currentNotes(): readonly string[] {
  return [...current.values()].flat().slice(0, maxNotes);
}

/** Replaces what is known of a subject, and tells `diag` what is new. */
export function setNotes(subject: string, notes: readonly string[]): void {
  const before = current.get(subject) ?? [];
  if (notes.length === 0) current.delete(subject);
  else if (current.has(subject) || current.size < maxNotes) current.set(subject, notes.slice(0, maxNotes));
  for (const text of notes) if (!before.includes(text)) diag.warn(text);
}

/** Adds to what is known of a subject. */
export function addNote(subject: string, text: string): void {
  const before = current.get(subject) ?? [];
  if (!before.includes(text)) setNotes(subject, [...before, text]);
}
