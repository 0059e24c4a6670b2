// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Aggregate } from './family.js';

/** What `count` values come to, out of what all but the last of them came to, and that one. */
export function combined(aggregate: Aggregate, before: number, value: number, count: number): number {
  switch (aggregate) {
    case 'sum':
      return before + value;
    case 'min':
      return Math.min(before, value);
    case 'max':
      return Math.max(before, value);
    case 'average':
      return before + (value - before) / count;
    case 'first':
      return before;
  }
}
