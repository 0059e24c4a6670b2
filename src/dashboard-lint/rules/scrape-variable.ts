import type { Board } from '../board.js';
import { text } from '../json.js';
import { fault, verdict, type Verdict } from '../rule.js';
import { readDataSource } from '../target.js';

const sources = ['datasource', 'prometheus_datasource'];

/** What is asked of the variables `job` and `instance` of a dashboard on Prometheus. */
export function* scrapeVariable({ variables }: Board, name: 'job' | 'instance'): Iterable<Verdict> {
  const source = variables.find(({ type }) => type === 'datasource');
  if (source?.query !== 'prometheus') return;
  const variable = variables.find((each) => each.name === name);
  if (variable === undefined) {
    yield fault(
      { path: 'templating.list' },
      `there is no variable \`${name}\``,
      `add a query variable with the values of the label \`${name}\``,
    );
    return;
  }
  const { json, path, type } = variable;
  const chosen = readDataSource(json['datasource'], variables).variable;
  yield verdict(type === 'query', { path }, `\`${name}\` is of the type \`${type}\``, 'make it a query');
  yield verdict(
    chosen !== undefined && sources.includes(chosen),
    { path },
    `\`${name}\` asks a data source that nobody can choose`,
    'use `${datasource}`',
  );
  const label = text(json['label']) ?? '';
  const expected = name === 'job' ? 'Job' : 'Instance';
  yield verdict(
    label.toLowerCase() === name,
    { path },
    `\`${name}\` is labelled \`${label}\``,
    `label it \`${expected}\``,
  );
  yield verdict(json['multi'] === true, { path }, `\`${name}\` takes one value only`, 'set `multi: true`');
  yield verdict(
    json['allValue'] === '.+',
    { path },
    `all values of \`${name}\` are ${JSON.stringify(json['allValue'] ?? null)}`,
    'set `allValue` to `.+`, which leaves out series without the label',
  );
}
