import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Related } from '../../diagnostics/diagnostic.js';
import type { Finding } from '../../promql/analysis/finding.js';
import { rangeIn, written } from '../../promql/query.js';
import { analysisOf } from '../analysis.js';
import type { Model, Query } from '../model.js';
import { analysedQueries } from './analysed-queries.js';
import type { Rule } from './rule.js';

function declarations(model: Model, names: readonly string[] = []): readonly Related[] {
  return names.flatMap((name) => {
    const metric = model.metrics.get(name) ?? model.external.get(name);
    return metric === undefined
      ? []
      : [{ range: metric.origin.key, message: `\`${name}\` is declared here` }];
  });
}

function shown(
  model: Model,
  { text }: Query,
  { code, at, message, help, replacement, metrics }: Finding,
): Diagnostic {
  const isPlaced = at.to > at.from;
  const range = isPlaced ? rangeIn(text, at) : text.range;
  const fix =
    replacement === undefined || !isPlaced
      ? undefined
      : { range, text: written(text, replacement(text.value.slice(at.from, at.to))) };
  return diagnostic(code, { message, range, related: declarations(model, metrics), help, fix });
}

/** OBS3116 to OBS3158: what a query computes can be meant. */
export const queryFindings: Rule = function* ({ model }) {
  for (const { query, expr, purpose } of analysedQueries(model)) {
    for (const finding of analysisOf(model, expr, purpose).findings) yield shown(model, query, finding);
  }
};
