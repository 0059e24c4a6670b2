import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Slo } from '../model.js';
import type { Rule } from './rule.js';

/** OBS3203: what an objective is about is a share of events or of time. */
export const objectiveForms: Rule = function* ({ model }) {
  for (const { sli, origin } of model.slos.values()) {
    const reason =
      sli.form === 'quantile'
        ? `\`${sli.name}\` is a quantile, and an objective needs a share of good events`
        : sli.form === 'query'
          ? whyNoShare(sli)
          : undefined;
    if (reason === undefined || sli.repaired.has('unit') || sli.repaired.has(sli.form)) continue;
    yield diagnostic('OBS3203', {
      message: reason,
      range: origin.of('sli'),
      related: [{ range: sli.origin.key, message: `\`${sli.name}\` is declared here` }],
      help:
        sli.form === 'quantile'
          ? 'use an SLI of the form `latency`: the share of events within a threshold'
          : 'add `unit: ratio` to the SLI if its query yields the share of bad events, from 0 to 1',
    });
  }
};

function tooLong(slo: Slo, retention: { readonly text: string; readonly seconds: number }): Diagnostic {
  return diagnostic('OBS3207', {
    message: `the period of ${slo.period.text} is longer than the retention of ${retention.text}`,
    range: slo.origin.of('period'),
    help: `keep samples for ${slo.period.text} (\`target.prometheus.retention\`), or shorten the period`,
  });
}

/** OBS3207: samples are kept for as long as a budget looks back. */
export const objectivePeriods: Rule = function* ({ model, loaded }) {
  const { retention } = model.target.prometheus;
  if (retention === undefined || loaded.repaired.get('/target')?.has('prometheus') === true) return;
  for (const slo of model.slos.values()) {
    if (slo.period.seconds > retention.seconds && !slo.repaired.has('period')) yield tooLong(slo, retention);
  }
};
