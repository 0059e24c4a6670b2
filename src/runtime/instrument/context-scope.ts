import type { Context } from '@opentelemetry/api';
import { hasOwn } from '../own-property.js';
import { registeredContextManager } from '../traces/api-globals.js';
import { workBegins, workEnds } from './at-work.js';

/** A stay in a context, which is left where it was entered: in the same function, before anything is awaited. */
export interface ContextScope {
  dispose(): void;
}

interface Attaching {
  attach(context: Context): ContextScope;
}

const nothing: ContextScope = {
  dispose() {
    // Nothing was entered.
  },
};

let asked: object | undefined;
let attaching: Attaching | undefined;

/**
 * Enters a context without a call: of the stack traces that are made inside, none of the ten frames that the engine keeps is the context
 * manager's. Undefined where the manager can only call functions in a context. Never throws.
 */
export function enterContext(context: Context | undefined): ContextScope | undefined {
  if (context === undefined) return nothing;
  const manager = registeredContextManager();
  if (manager === undefined) return nothing;
  if (manager !== asked) {
    asked = manager;
    attaching = attachingOf(manager);
  }
  if (attaching === undefined) return undefined;
  const was = workBegins();
  try {
    return attaching.attach(context);
  } catch {
    return nothing;
  } finally {
    workEnds(was);
  }
}

/** One whose `with` was overridden, as Sentry does it, wants to be asked by it: what it inherits would pass over it. */
function attachingOf(manager: object): Attaching | undefined {
  for (let at: object | null = manager; at !== null; at = Object.getPrototypeOf(at) as object | null)
    if (hasOwn(at, 'with'))
      return typeof (at as Partial<Attaching>).attach === 'function' && hasOwn(at, 'attach')
        ? (manager as Attaching)
        : undefined;
  return undefined;
}
