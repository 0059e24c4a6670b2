import { routedAlerts } from '../../alertmanager/alerts.js';
import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import { inhibitionsOf, type Inhibition } from '../../alertmanager/inhibitions.js';
import { alertmanagerOf, severities, type AlertmanagerSpec } from '../../alertmanager/settings.js';
import { heartbeatTiming, timingOf, type Timing } from '../../alertmanager/timing.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { printDuration } from '../../promql/duration.js';
import {
  defaultGroups,
  defaultReceiver,
  heartbeatReceiver,
  noReceiver,
  severityRoutes,
} from '../alertmanager/routes.js';
import { receiverResource, type KeyOf } from './alertmanager-receivers.js';
import { metadata, selectedLabels, type SpecManifest } from './manifest.js';
import { alertmanagerSecret, subdomain } from './names.js';
import { secretKeyOf } from './secret-keys.js';

/** A condition on a label. */
interface Matcher {
  readonly name: string;
  readonly matchType: '=' | '!=' | '=~';
  readonly value: string;
}

/** A resource, and the stem of the file that it is written to. */
export interface AlertmanagerConfigFile {
  readonly stem: 'service' | 'services' | 'heartbeat';
  readonly manifest: SpecManifest;
}

/** Whether the spec tells anybody of its alerts. */
export function hasReceivers(model: Model): boolean {
  const spec = alertmanagerOf(model);
  return (
    spec !== undefined && [...severities, 'deadMansSwitch' as const].some((key) => spec[key] !== undefined)
  );
}

const equals = (name: string, value: string): Matcher => ({ name, matchType: '=', value });

/** Names of alerts are letters, digits and underscores, which mean themselves in a regular expression. */
function named(alerts: readonly string[]): Matcher {
  return alerts.length === 1
    ? equals('alertname', alerts.join())
    : { name: 'alertname', matchType: '=~', value: alerts.join('|') };
}

function printed({ groupWait, groupInterval, repeatInterval }: Timing): object {
  return {
    groupWait: printDuration(groupWait),
    groupInterval: printDuration(groupInterval),
    repeatInterval: printDuration(repeatInterval),
  };
}

function inhibitRule({ sources, targets, equal, sourceService, targetService }: Inhibition): object {
  const side = (alerts: readonly string[], service: string | undefined): readonly Matcher[] => [
    named(alerts),
    ...(service === undefined ? [] : [equals('service', service)]),
  ];
  return {
    sourceMatch: side(sources, sourceService),
    targetMatch: side(targets, targetService),
    equal: equal.length === 0 ? undefined : equal,
  };
}

function resource(model: Model, stem: AlertmanagerConfigFile['stem'], spec: object): AlertmanagerConfigFile {
  const words = stem === 'service' ? [] : [stem];
  const manifest = {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata: metadata(model, subdomain(model.service.name, ...words), selectedLabels(model, 'alerts')),
    spec,
  };
  return { stem, manifest };
}

/**
 * Routes and receivers of the alerts that the matchers of the first route let in. It takes none but the service's: an alert that it took
 * would not reach the receiver at the root of Alertmanager's tree any more.
 */
function routed(model: Model, spec: AlertmanagerSpec, matchers: readonly Matcher[], keyOf: KeyOf): object {
  const routes = severityRoutes(model, spec);
  const fallback = defaultReceiver(spec);
  const used = new Set<string>([fallback, ...routes.map(({ receiver }) => receiver)]);
  return {
    route: {
      receiver: fallback,
      matchers,
      groupBy: spec.groupBy ?? defaultGroups,
      ...printed(timingOf(spec, 'ticket')),
      routes: routes.map(({ severity, receiver }) => ({
        matchers: [equals('severity', severity)],
        receiver,
        ...printed(timingOf(spec, severity)),
      })),
    },
    receivers: [
      ...(used.has(noReceiver) ? [{ name: noReceiver }] : []),
      ...severities.flatMap((severity) => {
        const found = spec[severity];
        return found === undefined || !used.has(severity) ? [] : [receiverResource(severity, found, keyOf)];
      }),
    ],
  };
}

/** The heartbeat has no label `service`, and so a resource of its own. */
function ofHeartbeat(model: Model, spec: AlertmanagerSpec, keyOf: KeyOf): readonly AlertmanagerConfigFile[] {
  const alert = heartbeatAlert(model);
  const { deadMansSwitch } = spec;
  if (alert === undefined || deadMansSwitch === undefined) return [];
  const route = {
    receiver: heartbeatReceiver,
    matchers: [equals('alertname', alert)],
    groupBy: ['alertname'],
    ...printed(heartbeatTiming(deadMansSwitch)),
  };
  const receivers = [receiverResource(heartbeatReceiver, deadMansSwitch, keyOf, true)];
  return [resource(model, 'heartbeat', { route, receivers })];
}

/** Alerts whose series say which service they are of: they are told by their names. */
function ofOthers(model: Model, spec: AlertmanagerSpec, keyOf: KeyOf): readonly AlertmanagerConfigFile[] {
  const names = routedAlerts(model).flatMap(({ name, set }) => (set.has('service') ? [] : [name]));
  if (names.length === 0) return [];
  const matchers: readonly Matcher[] = [
    named(names),
    { name: 'service', matchType: '!=', value: model.service.name },
  ];
  return [resource(model, 'services', routed(model, spec, matchers, keyOf))];
}

/** The resources that tell Alertmanager of the routes, receivers and inhibitions of a spec; none where it tells nobody. */
export function alertmanagerConfigs(model: Model, stack: Stack): readonly AlertmanagerConfigFile[] {
  const spec = alertmanagerOf(model);
  if (spec === undefined || !hasReceivers(model)) return [];
  const keyOf: KeyOf = (file) => secretKeyOf(model, stack, alertmanagerSecret(model), file);
  const inhibitRules = inhibitionsOf(model).map(inhibitRule);
  const own = routed(model, spec, [equals('service', model.service.name)], keyOf);
  const inhibitions = inhibitRules.length === 0 ? {} : { inhibitRules };
  return [
    ...(routedAlerts(model).length === 0 ? [] : [resource(model, 'service', { ...own, ...inhibitions })]),
    ...ofOthers(model, spec, keyOf),
    ...ofHeartbeat(model, spec, keyOf),
  ];
}
