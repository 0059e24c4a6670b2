import { diagnostic } from '../../diagnostics/create.js';
import type { ReadService } from '../fleet.js';
import type { FleetCheck } from './index.js';

/** OBS3720: services have names of their own. */
export const serviceNames: FleetCheck = function* (services) {
  const known = new Map<string, ReadService>();
  for (const each of services) {
    const { name, namespace, origin } = each.model.service;
    const key = JSON.stringify([name, namespace]);
    const first = known.get(key);
    if (first === undefined) {
      known.set(key, each);
      continue;
    }
    const where = namespace === undefined ? '' : ` in the namespace \`${namespace}\``;
    yield diagnostic('OBS3720', {
      message: `\`${name}\` is the name of two services${where}: of ${first.spec} and ${each.spec}`,
      range: origin.of('name'),
      related: [{ range: first.model.service.origin.of('name'), message: 'the first one' }],
      help: 'rename one of them; where they are one service, let one spec import the other',
    });
  }
};
