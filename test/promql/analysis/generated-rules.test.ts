import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/analyse.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { analysisOf } from '../../../src/model/analysis.js';
import { printPromql } from '../../../src/promql/print.js';
import { foldersIn } from '../../support/directory.js';
import { testToday } from '../../support/model.js';

/** What obs-gen writes itself passes the checks that it holds its users to. */
const root = join(import.meta.dirname, '..', '..', 'cases');
const specs = [
  ...foldersIn(root).map((folder) => join(root, folder, 'observability.yaml')),
  join(root, '..', '..', 'observability.yaml'),
];

describe.each(specs)('%s', (path) => {
  const { model } = analyse(path, testToday);

  it('makes rules without a finding', () => {
    if (model === undefined) throw new Error('the spec has errors');
    const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    const found = rules.flatMap((rule) =>
      analysisOf(model, rule.expr, rule.kind === 'alert' ? 'alert' : 'rule').findings.map(
        ({ code, message }) => `${code} ${message} in ${printPromql(rule.expr)}`,
      ),
    );
    expect(found).toEqual([]);
  });
});
