import { diagnostic } from '../../diagnostics/create.js';
import type { Label } from '../../model/model.js';
import { declaredApart } from './declarations.js';
import type { FleetCheck } from './index.js';

function boundOf({ bound }: Label): string {
  return bound.kind === 'closed'
    ? `one of ${[...bound.values].sort().join(', ')}`
    : `${bound.kind}, at most ${bound.cap} values`;
}

const longest = 100;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** OBS3723: a label on the wire means the same in all services. */
export const labelMeanings: FleetCheck = function* (services) {
  const labels = declaredApart(services, ({ model }) => {
    const used = new Set([...model.metrics.values()].flatMap((metric) => metric.labels));
    return [...used].map((label) => [label.wire, label] as const);
  });
  for (const [wire, [first, ...others]] of labels) {
    for (const { service, entry } of others) {
      if (first === undefined || boundOf(first.entry) === boundOf(entry)) continue;
      yield diagnostic('OBS3723', {
        message: `the label \`${wire}\` of ${service.model.service.name} is ${short(boundOf(entry))}; that of ${first.service.model.service.name} is ${short(boundOf(first.entry))}`,
        range: entry.origin.key,
        related: [{ range: first.entry.origin.key, message: 'the other one' }],
        help: 'declare it once in a file that both specs import, or give one another name with `as`',
      });
    }
  }
};
