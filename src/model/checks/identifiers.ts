import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { camelCase } from '../../encode/names.js';
import type { Origin } from '../model.js';
import type { Rule } from './rule.js';

interface Named {
  readonly origin: Origin;
}

function* clashes(kind: string, entries: ReadonlyMap<string, Named>): Iterable<Diagnostic> {
  const byIdentifier = new Map<string, string>();
  for (const [name, { origin }] of entries) {
    const identifier = camelCase(name);
    const first = byIdentifier.get(identifier);
    if (first === undefined) {
      byIdentifier.set(identifier, name);
      continue;
    }
    // The user's own entries come first: where one meets a preset's, the user's is the one that can be renamed.
    const other = entries.get(first)?.origin;
    const [faulty, related] =
      origin.preset === undefined || other === undefined ? [origin, other] : [other, origin];
    yield diagnostic('OBS3015', {
      message: `\`${first}\` and \`${name}\` are both ${kind}.${identifier} in TypeScript`,
      range: faulty.key,
      related:
        related === undefined ? [] : [{ range: related.key, message: 'the other one is declared here' }],
      help: 'rename one of them',
    });
  }
}

/** OBS3015: the helpers of metrics, spans, log events and labels have different names. */
export const identifiers: Rule = function* ({ model }) {
  yield* clashes('metrics', model.metrics);
  yield* clashes('spans', model.spans);
  yield* clashes('logs', model.logs.events);
  yield* clashes('labels', model.labels);
};
