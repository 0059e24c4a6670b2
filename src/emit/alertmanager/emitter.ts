import { inhibitionsOf, type Inhibition } from '../../alertmanager/inhibitions.js';
import {
  alertmanagerOf,
  hasReceivers,
  severities,
  type AlertmanagerSpec,
} from '../../alertmanager/settings.js';
import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import { defineEmitter } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { receiver, type Receiver } from './receivers.js';
import { defaultReceiver, heartbeatReceiver, noReceiver, routeTree, severityRoutes } from './routes.js';

const header = `${generatedHeader}\nCheck with: amtool check-config`;

/** Below the output directory. */
export const alertmanagerPath = 'alertmanager/alertmanager.yaml';

/** Alerts by name; the names are letters, digits and underscores, which mean themselves in a regular expression. */
function named(alerts: readonly string[], service: string | undefined): readonly string[] {
  const names = alerts.join('|');
  const name = alerts.length === 1 ? `alertname="${names}"` : `alertname=~"${names}"`;
  return service === undefined ? [name] : [name, `service="${service}"`];
}

function inhibitRule({ sources, targets, equal, sourceService, targetService }: Inhibition): object {
  return {
    source_matchers: named(sources, sourceService),
    target_matchers: named(targets, targetService),
    equal: equal.length === 0 ? undefined : equal,
  };
}

/** The receivers that a route leads to. */
function receivers(model: Model, spec: AlertmanagerSpec): readonly Receiver[] {
  const used = new Set<string>([defaultReceiver(spec)]);
  for (const route of severityRoutes(model, spec)) used.add(route.receiver);
  const own = severities.flatMap((severity) => {
    const found = spec[severity];
    return found === undefined || !used.has(severity) ? [] : [receiver(severity, found)];
  });
  const { deadMansSwitch } = spec;
  return [
    ...(used.has(noReceiver) ? [{ name: noReceiver }] : []),
    ...own,
    ...(deadMansSwitch === undefined ? [] : [receiver(heartbeatReceiver, deadMansSwitch, true)]),
  ];
}

/** The text of Alertmanager's configuration. */
export function alertmanagerConfig(model: Model, spec: AlertmanagerSpec): string {
  const inhibitions = inhibitionsOf(model).map(inhibitRule);
  return printYaml(
    {
      route: routeTree(model, spec),
      inhibit_rules: inhibitions.length === 0 ? undefined : inhibitions,
      receivers: receivers(model, spec),
    },
    header,
  );
}

/** Alertmanager's configuration: who gets which alert, what is silenced by what. Nothing where the spec names no receivers. */
export const alertmanagerFile = defineEmitter({
  id: 'alertmanager',
  title: 'Alertmanager',
  files(model) {
    const spec = alertmanagerOf(model);
    if (!hasReceivers(spec)) return [];
    return [{ path: alertmanagerPath, content: alertmanagerConfig(model, spec) }];
  },
});
