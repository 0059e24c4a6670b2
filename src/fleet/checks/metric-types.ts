import { diagnostic } from '../../diagnostics/create.js';
import { declaredApart } from './declarations.js';
import type { FleetCheck } from './index.js';

/** OBS3724: a metric has one type, whichever service exposes it. */
export const metricTypes: FleetCheck = function* (services) {
  for (const [name, [first, ...others]] of declaredApart(services, ({ model }) => model.metrics)) {
    for (const { service, entry } of others) {
      if (first === undefined || first.entry.type === entry.type) continue;
      yield diagnostic('OBS3724', {
        message: `\`${name}\` is a ${entry.type} in ${service.model.service.name} and a ${first.entry.type} in ${first.service.model.service.name}`,
        range: entry.origin.of('type'),
        related: [{ range: first.entry.origin.of('type'), message: 'the other one' }],
        help: 'rename one of them, or declare it once in a file that both specs import',
      });
    }
  }
};
