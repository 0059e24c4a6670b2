import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { variables } from '../../promql/walk.js';
import type { Sli, Slo } from '../model.js';
import type { Rule } from './rule.js';

/** Why no objective can be on an SLI, and the way out; undefined where one can. */
function hindrance(sli: Sli): Pick<Diagnostic, 'message' | 'help'> | undefined {
  if (sli.form === 'quantile') {
    return {
      message: `\`${sli.name}\` is a quantile, and an objective needs a share of good events`,
      help: 'use an SLI of the form `latency`: the share of events within a threshold',
    };
  }
  if (sli.form !== 'query') return undefined;
  if (sli.unit !== 'ratio') {
    return {
      message: `nothing says that the query of \`${sli.name}\` is a share`,
      help: 'add `unit: ratio` to the SLI if its query yields the share of bad events, from 0 to 1',
    };
  }
  const { expr } = sli.query;
  // Another variable in its place has been reported.
  if (expr === undefined || variables(expr).length > 0) return undefined;
  return {
    message: `the query of \`${sli.name}\` has no \`$window\`, and would be the same for every window`,
    help: 'write `$window` in the place of its ranges: rate(x[$window])',
  };
}

/** OBS3203: what an objective is about is a share of events or of time, over any window. */
export const objectiveForms: Rule = function* ({ model }) {
  for (const { sli, origin } of model.slos.values()) {
    const found = hindrance(sli);
    if (found === undefined || sli.repaired.has('unit') || sli.repaired.has(sli.form)) continue;
    yield diagnostic('OBS3203', {
      ...found,
      range: origin.of('sli'),
      related: [{ range: sli.origin.key, message: `\`${sli.name}\` is declared here` }],
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
