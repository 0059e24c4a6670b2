import { locate } from '../../spec/located.js';
import type { Allowance, Suppression } from '../model.js';
import { originOfItem } from '../origin.js';
import { frozenList, type Context } from './context.js';

/** `suppress`. */
export function resolveSuppressions(context: Context): readonly Suppression[] {
  const { root } = context.loaded;
  return frozenList(
    (context.spec.suppress ?? []).map(({ code, at, reason, until }, index) => {
      const located = locate(root, ['suppress', index]) ?? root;
      return Object.freeze({ code, at, reason, until, origin: originOfItem(located, 'code') });
    }),
  );
}

/** `changes`. */
export function resolveAllowances(context: Context): readonly Allowance[] {
  const { root } = context.loaded;
  return frozenList(
    (context.spec.changes ?? []).map(({ at, allow, reason, until }, index) => {
      const located = locate(root, ['changes', index]) ?? root;
      return Object.freeze({ at, allow, reason, until, origin: originOfItem(located, 'at') });
    }),
  );
}
