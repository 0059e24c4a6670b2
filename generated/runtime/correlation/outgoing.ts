// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { formatBaggage } from './baggage.js';
import type { Definition } from './definition.js';
import { currentScope } from './scope.js';
import { currentSpan, formatTraceContext } from './trace-context.js';

/** The headers for a request to an allowed host, as they stand at this moment. */
export function outgoingHeaders(definition: Definition): readonly (readonly [name: string, value: string])[] {
  const scope = currentScope();
  const span = currentSpan();
  const headers: [string, string][] = [];
  if (span !== undefined) headers.push(...Object.entries(formatTraceContext(span)));
  if (scope === undefined) return headers;
  headers.push([definition.header, scope.correlationId]);
  const baggage = formatBaggage(scope.baggage, definition.baggage);
  if (baggage !== '') headers.push(['baggage', baggage]);
  return headers;
}

/**
 * Adds those headers that a request does not have yet: what the program or an instrumentation has set stays. A trace context is one thing
 * of two headers, so the second is not added to a first that was there.
 */
export function addMissing(
  headers: readonly (readonly [name: string, value: string])[],
  has: (name: string) => boolean,
  add: (name: string, value: string) => void,
): void {
  const isTraced = has('traceparent');
  for (const [name, value] of headers) {
    if (has(name) || (name === 'tracestate' && isTraced)) continue;
    add(name, value);
  }
}
