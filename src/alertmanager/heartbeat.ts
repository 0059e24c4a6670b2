import type { Model } from '../model/model.js';
import { pascal } from '../slo/names.js';
import { alertmanagerOf } from './settings.js';

/** The severity of the heartbeat: nobody is told of it, so that no route of the others matches it. */
export const heartbeatSeverity = 'none';

/** The alert that always fires, by name; undefined where no dead man's switch listens to it. */
export function heartbeatAlert(model: Model): string | undefined {
  if (alertmanagerOf(model)?.deadMansSwitch === undefined) return undefined;
  return `${pascal(model.service.name)}Heartbeat`;
}
