// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { addNote } from '../notes.js';
import { shared } from '../shared.js';
import type { SpanNode } from './span-context.js';

const maxPairs = 100;

const strangers = shared('spans in unexpected places', () => new Set<string>());

/**
 * Says once that a span stands below one whose `children` in the spec do not name it. For development: the code or the spec is wrong
 * about what happens inside what.
 */
export function checkNesting(parent: SpanNode, name: string): void {
  const { children, name: above } = parent.kind;
  if (children === undefined || children.includes(name)) return;
  const pair = `${name} below ${above}`;
  if (strangers.has(pair) || strangers.size >= maxPairs) return;
  strangers.add(pair);
  addNote('spans', `span ${pair}: the spec expects ${children.join(', ')} there; add it to its children`);
}
