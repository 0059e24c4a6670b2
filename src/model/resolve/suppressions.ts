import { locate } from '../../spec/located.js';
import type { Suppression } from '../model.js';
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
