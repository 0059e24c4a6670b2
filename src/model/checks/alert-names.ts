import { diagnostic } from '../../diagnostics/create.js';
import { arms } from '../../slo/windows.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import type { Slo } from '../model.js';
import type { Rule } from './rule.js';

/** The alerts that are made from an objective. */
function alertsOf(slo: Slo): readonly string[] {
  const severities = new Set(arms(slo).map((arm) => arm.severity));
  const burning = [...severities].filter((severity) => slo.alerting[severity]);
  const names = burning.map((severity) => burnAlert(slo.name, severity));
  return slo.alerting.noData === undefined ? names : [...names, noDataAlert(slo.name)];
}

/** OBS3303: no alert that is made from an objective has the name of another one. */
export const alertNames: Rule = function* ({ model }) {
  const makers = new Map<string, Slo>();
  for (const slo of model.slos.values()) {
    for (const name of alertsOf(slo)) {
      const alert = model.alerts.get(name);
      if (alert !== undefined) {
        yield diagnostic('OBS3303', {
          message: `the SLO \`${slo.name}\` makes an alert of the name \`${name}\`, too`,
          range: alert.origin.key,
          related: [{ range: slo.origin.key, message: `\`${slo.name}\` is declared here` }],
          help: 'rename the alert',
        });
      }
      const other = makers.get(name);
      if (other === undefined) {
        makers.set(name, slo);
        continue;
      }
      yield diagnostic('OBS3303', {
        message: `the SLOs \`${other.name}\` and \`${slo.name}\` both make an alert of the name \`${name}\``,
        range: slo.origin.key,
        related: [{ range: other.origin.key, message: `\`${other.name}\` is declared here` }],
        help: 'rename one of the SLOs',
      });
      break;
    }
  }
};
