import type { Variable } from '../variable.js';
import { text } from '../json.js';
import { fault, fine, verdict, type Rule, type Verdict } from '../rule.js';

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function* ofVariable(variable: Variable, isOnly: boolean): Iterable<Verdict> {
  const place = { path: variable.path };
  const own = `${variable.query}_datasource`;
  const names = isOnly ? ['datasource', own] : [own];
  yield verdict(
    names.includes(variable.name),
    place,
    `the variable of a data source is called \`${variable.name}\``,
    isOnly ? 'call it `datasource`' : `call it \`${own}\`, since there are several`,
  );
  const labels = ['Data source', `${capital(variable.query)} data source`];
  const label = text(variable.json['label']) ?? '';
  yield labels.some((each) => each.toLowerCase() === label.toLowerCase())
    ? fine(place)
    : fault(
        place,
        `the variable \`${variable.name}\` is labelled \`${label}\``,
        `label it \`${isOnly ? (labels[0] ?? '') : (labels[1] ?? '')}\``,
      );
}

/** The data source is chosen with a variable of the usual name, so that a dashboard fits any Grafana. */
export const templateDatasource: Rule = {
  id: 'template-datasource-rule',
  from: 'dashboard-linter',
  *check({ variables }) {
    const sources = variables.filter(({ type }) => type === 'datasource');
    if (sources.length === 0) {
      const help = 'add a variable `datasource` of the type `datasource`, and use it in every panel';
      yield fault({ path: 'templating.list' }, 'there is no variable for the data source', help);
    }
    for (const each of sources) yield* ofVariable(each, sources.length === 1);
  },
};
