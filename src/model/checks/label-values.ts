import { diagnostic } from '../../diagnostics/create.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Matcher } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import { selectors } from '../../promql/walk.js';
import type { Label, Query } from '../model.js';
import { seriesNamed } from '../series.js';
import { queriesOf } from './query-list.js';
import type { Rule } from './rule.js';
import { quotedList } from './words.js';

/** The values of a closed label; undefined where the program decides which there are, or where the spec's list was not valid. */
function valuesOf({ bound, repaired }: Label): readonly string[] | undefined {
  return bound.kind === 'closed' && !repaired.has('values') ? bound.values : undefined;
}

/** Words with bars between them; other patterns are not run, since JavaScript's engine could take for ever where RE2 does not. */
const plainAlternatives = /^[\w -]+(?:\|[\w -]+)*$/;

/** Whether a matcher names none of a closed label's values: an empty one asks for absence, and one with a variable is not known yet. */
function namesNone({ operator, value }: Matcher, values: readonly string[]): boolean {
  if (value === '' || value.includes('$')) return false;
  if (operator === '=' || operator === '!=') return !values.includes(value);
  return plainAlternatives.test(value) && !value.split('|').some((each) => values.includes(each));
}

function undeclared(query: Query, matcher: Matcher, label: Label, values: readonly string[]): Diagnostic {
  const { operator, value, valueAt, at } = matcher;
  // Without its quotes, so that the value alone is shown and replaced.
  const inner =
    valueAt === undefined ? at : { from: valueAt.from + 1, to: Math.max(valueAt.from + 1, valueAt.to - 1) };
  const range = inner === undefined ? query.text.range : rangeIn(query.text, inner);
  const isExact = operator === '=' || operator === '!=';
  const near = isExact ? nearest(value, values) : undefined;
  const isNegated = operator === '!=' || operator === '!~';
  const effect = isNegated ? 'the matcher excludes nothing' : 'the query matches nothing';
  return diagnostic(isNegated ? 'OBS3115' : 'OBS3114', {
    message: `\`${value}\` is no value of the label \`${label.wire}\`: ${effect}`,
    range,
    related: [{ range: label.origin.of('values'), message: `\`${label.key}\` has these values` }],
    help: near === undefined ? `its values are ${quotedList(values)}` : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { range, text: near },
  });
}

/** OBS3114, OBS3115: the values that queries compare closed labels with are among those that there are. */
export const labelValues: Rule = function* ({ model }) {
  for (const { query, subject } of queriesOf(model)) {
    if (query.expr === undefined) continue;
    for (const { metric: name, matchers } of selectors(query.expr)) {
      const found = name === undefined ? subject : seriesNamed(model, name)?.metric;
      const metric = found === undefined ? undefined : model.metrics.get(found.name);
      for (const matcher of metric === undefined ? [] : matchers) {
        const label = metric?.labels.find(({ wire }) => wire === matcher.label);
        const values = label === undefined ? undefined : valuesOf(label);
        if (label === undefined || values === undefined || !namesNone(matcher, values)) continue;
        yield undeclared(query, matcher, label, values);
      }
    }
  }
};
