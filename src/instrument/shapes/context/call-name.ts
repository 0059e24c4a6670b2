import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';

/** Calls whose first argument is a function, whatever is written there. */
export const timers =
  /^(?:(?:globalThis|timers)\.)?(?:setTimeout|setInterval|setImmediate|queueMicrotask)$|^process\.nextTick$/;

/** The last word of what is called: `on` of `server.on(…)`. */
export function callName({ expression }: CallCandidate['node']): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}
