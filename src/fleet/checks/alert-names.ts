import { diagnostic } from '../../diagnostics/create.js';
import { declaredApart } from './declarations.js';
import type { FleetCheck } from './index.js';

/** OBS3721: an alert's name stands for one alert, whichever service it is about. */
export const alertNames: FleetCheck = function* (services) {
  for (const [name, [first, ...others]] of declaredApart(services, ({ model }) => model.alerts)) {
    for (const { service, entry } of first === undefined ? [] : others) {
      yield diagnostic('OBS3721', {
        message: `\`${name}\` is an alert of ${service.model.service.name} and another one of ${first?.service.model.service.name ?? ''}`,
        range: entry.origin.key,
        related: first === undefined ? [] : [{ range: first.entry.origin.key, message: 'the other one' }],
        help: 'rename one of them, or declare it once in a file that both specs import',
      });
    }
  }
};
