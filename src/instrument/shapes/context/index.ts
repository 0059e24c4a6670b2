/**
 * The correlation context in callbacks: `keepContext(` before and `)` behind each function that a call or `new` is given, written
 * there or named: `queue.process(keepContext(async (job) => { … }))`, `new Worker('mail', keepContext(send))`. The context is the one in which the
 * call is made; the function's types stay, and what is no callback is not touched.
 */
import type { CallCandidate } from '../../candidate.js';
import { insert, type Edit, type ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import type { Chosen } from '../../insertion.js';
import { skipped } from '../functions/skipped.js';
import { callbacksOf, type Callback } from './callbacks.js';
import { identityUse } from './identity-uses.js';
import { typesAtStake } from './types-at-stake.js';

/** Keeps the context in the callbacks among the arguments of a call. */
export function editContext({ candidate }: Chosen<CallCandidate>, context: FileContext): ShapeResult {
  const { node, name = 'the function' } = candidate;
  const { source } = context;
  const callbacks = callbacksOf(node, source);
  if (callbacks.length === 0)
    return skipped(
      node,
      source,
      'OBS5183',
      `no argument of \`${name}\` is a callback that could be told for one`,
      'write `keepContext(callback)` by hand where one is; what settles a promise needs none',
    );
  const edits: Edit[] = [];
  for (const callback of callbacks) {
    const refusal = refusalOf(callback, node, name, context);
    if (refusal !== undefined) return refusal;
    const { node: given } = callback;
    // Around whatever else is put around the function itself.
    const extent = { pos: given.pos - 1, end: given.end };
    edits.push(
      insert(given.getStart(source), `${context.use('keepContext')}(`, 'open', extent),
      insert(given.end, ')', 'close', extent),
    );
  }
  return { edits, form: 'kept context' };
}

function refusalOf(
  callback: Callback,
  call: CallCandidate['node'],
  name: string,
  { source, isTyped }: FileContext,
): ShapeResult | undefined {
  const { node, reference } = callback;
  if (reference !== undefined) {
    const use = identityUse(reference, call, source);
    if (use !== undefined)
      return skipped(
        node,
        source,
        'OBS5184',
        `\`${reference}\` has to stay the function that it is: ${use}`,
        'keep the context where the function is made, so that both places have the same one',
      );
    return undefined;
  }
  const stake = isTyped ? typesAtStake(node, call, name, source) : undefined;
  return stake === undefined ? undefined : skipped(node, source, stake.code, stake.message, stake.help);
}
