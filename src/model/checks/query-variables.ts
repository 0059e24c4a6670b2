import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { rangeIn } from '../../promql/query.js';
import { variables } from '../../promql/walk.js';
import type { Model, Query } from '../model.js';
import { queriesOfAlert, queriesOfPanel, queriesOfSli } from '../resolve/readers.js';
import { selectorOf } from './query-selectors.js';
import type { Rule } from './rule.js';

/** `$window` is ours; the other variables that a query may hold outside of strings are Grafana's. */
const isOurs = (name: string): boolean => name === '$window';

interface PlacedQuery {
  readonly query: Query;
  /** What the query is part of, in words. */
  readonly place: string;
  /** Whose variables are filled in there, and the one that is usual; undefined where none is. */
  readonly usual: '$window' | '$__rate_interval' | undefined;
}

function isFilledIn(name: string, { usual }: PlacedQuery): boolean {
  return usual !== undefined && isOurs(name) === isOurs(usual);
}

/** Where a selector is asked for, a range is one fault whatever stands in it, and another rule has reported that. */
function isPlain(query: Query): boolean {
  const selector = selectorOf(query);
  return selector !== undefined && selector.range === undefined;
}

function placedQueries(model: Model): readonly PlacedQuery[] {
  const placed: PlacedQuery[] = [];
  const add = (queries: readonly Query[], place: string, usual?: PlacedQuery['usual']): void => {
    for (const query of queries) placed.push({ query, place, usual });
  };
  for (const sli of model.slis.values()) {
    const place = `the form \`${sli.form}\` of an SLI`;
    if (sli.form === 'query') add([sli.query], place, '$window');
    else if (sli.form === 'events') add(queriesOfSli(sli).filter(isPlain), place);
    else if (sli.form !== 'latency') add(queriesOfSli(sli), place);
    else if (sli.matchers !== undefined && isPlain(sli.matchers)) add([sli.matchers], place);
  }
  for (const alert of model.alerts.values()) {
    const queries = queriesOfAlert(alert);
    add(alert.condition.form === 'ratio' ? queries.filter(isPlain) : queries, 'an alert');
  }
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels))
      add(queriesOfPanel(panel.source), 'a panel', '$__rate_interval');
  }
  return placed;
}

function misplaced(
  { query: { text }, place, usual }: PlacedQuery,
  { name, at }: ReturnType<typeof variables>[number],
): Diagnostic {
  const range = at === undefined ? text.range : rangeIn(text, at);
  const isNumber = /_m?s$/.test(name);
  const instead = isNumber ? undefined : usual;
  const itself = isNumber ? 'write the number itself' : 'write the duration itself, such as 5m';
  const home = isOurs(name)
    ? 'stands only in the form `query` of an SLI'
    : 'is filled in by Grafana, for panels';
  return diagnostic('OBS3108', {
    message: `nothing fills in \`${name}\` in ${place}`,
    range,
    help: `it ${home}; ${instead === undefined ? itself : `use \`${instead}\``}`,
    fix: instead === undefined ? undefined : { range, text: instead },
  });
}

/** OBS3108: a variable stands where something fills it in. */
export const queryVariables: Rule = function* ({ model }) {
  for (const placed of placedQueries(model)) {
    const { expr } = placed.query;
    for (const variable of expr === undefined ? [] : variables(expr)) {
      if (!isFilledIn(variable.name, placed)) yield misplaced(placed, variable);
    }
  }
};
