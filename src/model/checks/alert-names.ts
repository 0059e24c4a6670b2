import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { arms } from '../../slo/windows.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import type { Slo } from '../model.js';
import { detectionCounter, securityAlertName } from '../security-alerts.js';
import { keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';

/** What makes alerts of its own. */
interface Maker {
  /** In words: the SLO `run-success`. */
  readonly what: string;
  readonly place: Range;
  readonly alerts: readonly string[];
}

/** The alerts that are made from an objective. */
function alertsOf(slo: Slo): readonly string[] {
  const severities = new Set(arms(slo).map((arm) => arm.severity));
  const burning = [...severities].filter((severity) => slo.alerting[severity]);
  const names = burning.map((severity) => burnAlert(slo.name, severity));
  return slo.alerting.noData === undefined ? names : [...names, noDataAlert(slo.name)];
}

function securityAlerts({ spec }: CheckInput): readonly string[] {
  return Object.entries(spec.security?.events ?? {})
    .filter(([, event]) => event.alert !== undefined)
    .map(([name]) => name);
}

function makersOf(input: CheckInput): readonly Maker[] {
  const slos = [...input.model.slos.values()].map((slo) => ({
    what: `the SLO \`${slo.name}\``,
    place: slo.origin.key,
    alerts: alertsOf(slo),
  }));
  const events = securityAlerts(input).map((name) => ({
    what: `the security event \`${name}\``,
    place: keyRange(input, 'security', 'events', name),
    alerts: [securityAlertName(name)],
  }));
  const heartbeat = heartbeatAlert(input.model);
  if (heartbeat === undefined) return [...slos, ...events];
  const place = keyRange(input, 'stack', 'alertmanager', 'deadMansSwitch');
  return [...slos, ...events, { what: "the dead man's switch", place, alerts: [heartbeat] }];
}

function clash(name: string, first: Maker, second: Maker): Diagnostic {
  return diagnostic('OBS3303', {
    message: `${first.what} and ${second.what} both make an alert of the name \`${name}\``,
    range: second.place,
    related: [{ range: first.place, message: 'the other one' }],
    help: 'rename one of them',
  });
}

/** OBS3303: no alert that is made from an objective or a security event has the name of another one. */
export const alertNames: Rule = function* (input) {
  const makers = new Map<string, Maker>();
  for (const maker of makersOf(input)) {
    let hasClash = false;
    for (const name of maker.alerts) {
      const alert = input.model.alerts.get(name);
      if (alert !== undefined) {
        yield diagnostic('OBS3303', {
          message: `${maker.what} makes an alert of the name \`${name}\`, too`,
          range: alert.origin.key,
          related: [{ range: maker.place, message: 'which is declared here' }],
          help: 'rename the alert',
        });
      }
      const other = makers.get(name);
      if (other === undefined) makers.set(name, maker);
      else if (!hasClash) {
        // Two objectives with like names clash in each of their alerts: one finding says it.
        hasClash = true;
        yield clash(name, other, maker);
      }
    }
  }
};

/** OBS3304: the counter that the alerts of security events read is declared. */
export const securityCounter: Rule = function* (input) {
  if (input.model.metrics.has(detectionCounter)) return;
  const [name] = securityAlerts(input);
  if (name === undefined) return;
  yield diagnostic('OBS3304', {
    message: `the alert of \`${name}\` reads \`${detectionCounter}\`, which is not declared`,
    range: keyRange(input, 'security', 'events', name, 'alert'),
    help: 'add `security` to `presets`, which declares it',
  });
};
