// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';
import { field, unpack } from './carrier.js';
import type { Definition } from './definition.js';
import { runIncoming } from './incoming.js';

/** The correlation of the process, for code that is handed none: the one that was made last. */
const known = shared('correlation of jobs', (): { definition: Definition | undefined } => ({
  definition: undefined,
}));

/** Lets callbacks find the place that a job brings. */
export function announce(definition: Definition): void {
  known.definition = definition;
}

/** Whether jobs can bring a place at all. */
export function takesJobs(): boolean {
  return known.definition !== undefined;
}

/**
 * Runs work in the place that a job brings, in itself or in its `data`, as `injectJob` has put it there: below the span that queued it.
 * @param otherwise where it runs if it brings none
 */
export function inPlaceOf<R>(job: unknown, work: () => R, otherwise: (work: () => R) => R): R {
  const { definition } = known;
  const carrier = definition === undefined ? undefined : carrierOf(job);
  if (definition === undefined || carrier === undefined) return otherwise(work);
  return runIncoming(unpack(definition, carrier), { mode: 'parent', links: [], span: undefined }, work);
}

function carrierOf(job: unknown): object | undefined {
  const found = field(job, '_correlation') ?? field(field(job, 'data'), '_correlation');
  return typeof found === 'object' && found !== null ? found : undefined;
}
