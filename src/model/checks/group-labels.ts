import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { quantileIdentity, sloIdentity } from '../../slo/names.js';
import { arms } from '../../slo/windows.js';
import type { Label, Origin, Slo } from '../model.js';
import { itemRange } from './places.js';
import type { Rule } from './rule.js';

/** Labels that Prometheus and the rules put on the alerts of an objective; none where it makes no alert for its groups. */
function alertLabels(slo: Slo): readonly string[] {
  const isAlerted = arms(slo).some(({ severity }) => slo.alerting[severity]);
  if (!isAlerted) return [];
  return ['alertname', 'severity', ...(slo.owner === undefined ? [] : ['owner'])];
}

function* clashes(
  code: 'OBS3208' | 'OBS3305',
  by: readonly Label[],
  set: ReadonlySet<string>,
  what: string,
  origin: Origin,
  ...path: string[]
): Iterable<Diagnostic> {
  for (const label of by) {
    if (!set.has(label.wire)) continue;
    const wire = label.wire === label.key ? '' : `, on the wire \`${label.wire}\``;
    yield diagnostic(code, {
      message: `${what} cannot be grouped by \`${label.key}\`${wire}: its rules set that label themselves`,
      range: itemRange(origin, label, ...path),
      related: [{ range: label.origin.key, message: 'the label is declared here' }],
      help: `give the label another name on the wire, \`as: ${label.wire}_name\`, or group by another one`,
    });
  }
}

/** OBS3208: what is grouped by keeps its values through the rules, which put labels of their own on what they record and alert on. */
export const groupLabels: Rule = function* ({ model }) {
  for (const slo of model.slos.values()) {
    const set = new Set([...sloIdentity(slo, model.service.name).keys(), ...alertLabels(slo)]);
    yield* clashes('OBS3208', slo.by, set, 'an objective', slo.origin, 'by');
  }
  for (const sli of model.slis.values()) {
    if (sli.form !== 'quantile') continue;
    const set = new Set(quantileIdentity(sli, model.service.name).keys());
    yield* clashes('OBS3208', sli.by, set, 'a quantile', sli.origin, 'quantile', 'by');
  }
};

/** OBS3305: the groups of an alert are told apart by labels that its rule leaves alone. */
export const alertGroups: Rule = function* ({ model }) {
  for (const { condition, labels, origin } of model.alerts.values()) {
    if (condition.form !== 'ratio' && condition.form !== 'forecast') continue;
    const set = new Set(['alertname', 'severity', ...labels.keys()]);
    yield* clashes('OBS3305', condition.by, set, 'an alert', origin, condition.form, 'by');
  }
};

/** OBS3209: what is asked to be counted is counted. */
export const countedEvents: Rule = function* ({ model }) {
  for (const { sli, alerting, origin, repaired } of model.slos.values()) {
    if (alerting.minEvents === undefined || sli.form !== 'query' || repaired.has('alerting')) continue;
    yield diagnostic('OBS3209', {
      message: `\`minEvents\` has no effect: the query of \`${sli.name}\` yields a share and no counts`,
      range: origin.of('alerting', 'minEvents'),
      related: [{ range: sli.origin.key, message: `\`${sli.name}\` is declared here` }],
      help: 'remove it, or use an SLI of the form `events`, whose events can be counted',
    });
  }
};
