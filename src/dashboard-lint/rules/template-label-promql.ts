import { parsePromql } from '../../promql/parse.js';
import { filledIn } from '../placeholders.js';
import { fault, fine, type Rule } from '../rule.js';
import { readDataSource } from '../target.js';

/** The functions of a query variable, with what stands before the last comma apart from the label behind it. */
const form = /^\s*(label_names|label_values|metrics|query_result)\((.*)\)\s*$/s;

function faultOf(query: string): string | undefined {
  const [, func, inside = ''] = form.exec(query) ?? [];
  if (func === undefined) return 'is none of `label_values`, `label_names`, `metrics` and `query_result`';
  if (func === 'metrics' || func === 'label_names' || inside.trim() === '') return undefined;
  const comma = inside.lastIndexOf(',');
  const isPair = func === 'label_values' && /^\s*[$[{]*\w[\w:\]}]*\s*$/.test(inside.slice(comma + 1));
  if (func === 'label_values' && comma < 0) return undefined;
  const expr = isPair ? inside.slice(0, comma) : inside;
  const [error] = parsePromql(filledIn(expr)).errors;
  return error === undefined ? undefined : `does not parse: ${error.message}`;
}

/** The queries of variables can be read. */
export const templateLabelPromql: Rule = {
  id: 'template-label-promql-rule',
  from: 'dashboard-linter',
  *check({ variables }) {
    for (const { json, path, name, type, query } of variables) {
      if (type !== 'query') continue;
      if ((readDataSource(json['datasource'], variables).type ?? 'prometheus') !== 'prometheus') continue;
      const wrong = faultOf(query);
      const place = { path: `${path}.query` };
      yield wrong === undefined
        ? fine(place)
        : fault(
            place,
            `the query of the variable \`${name}\` ${wrong}`,
            'write `label_values(metric{…}, label)`',
          );
    }
  },
};
