// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';

/** Names of the tracers whose spans the generated helpers make: their attributes were redacted as they were set. */
const ownScopes = shared('own scopes', () => new Set<string>());

/** Notes a tracer of the generated helpers. */
export function addOwnScope(name: string): void {
  ownScopes.add(name);
}

/** Whether a span was made by the generated helpers. */
export function isOwn({
  instrumentationScope,
}: {
  readonly instrumentationScope: { readonly name: string };
}): boolean {
  return ownScopes.has(instrumentationScope.name);
}
