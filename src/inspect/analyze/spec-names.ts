import { helperNames } from '../../emit/typescript/names.js';
import type { Model } from '../../model/model.js';

/** Members of the generated `spans` whose span records metrics when it ends. */
export function namesOf(model: Model): ReadonlySet<string> {
  const names = helperNames(model);
  return new Set(
    [...model.spans.values()]
      .filter(({ record }) => record.count !== undefined || record.duration !== undefined)
      .map((span) => names.span(span)),
  );
}
