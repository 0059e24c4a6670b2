import { describe, expect, it } from 'vitest';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import { bridged } from '../../../src/renames/bridge.js';
import { modelOf } from '../../support/model.js';
import { newSpec } from './renamed-spec.js';

const model = modelOf(newSpec);

function bridge(query: string): string {
  const { expr } = parsePromql(query);
  if (expr === undefined) throw new Error(`cannot read ${query}`);
  return printPromql(bridged(model, expr));
}

/** What is read of a window: of each series the name with more samples. */
const window = (make: (name: string) => string, selector: (name: string) => string): string => {
  const [now, old] = ['shop_runs_total', 'shop_jobs_total'];
  const count = (name: string): string => `count_over_time(${selector(name)})`;
  return `${make(now)} and ${count(now)} >= ${count(old)} or ${make(old)} or ${make(now)}`;
};

describe('a query of renamed metrics', () => {
  it.each([
    ['shop_queue_depth', 'shop_queue_depth or shop_backlog'],
    [
      'max(shop_queue_depth{a="b"} offset 5m)',
      'max(shop_queue_depth{a="b"} offset 5m or shop_backlog{a="b"} offset 5m)',
    ],
    ['shop_queue_depth > 5', '(shop_queue_depth or shop_backlog) > 5'],
    ['-shop_queue_depth', '-(shop_queue_depth or shop_backlog)'],
    ['absent(shop_queue_depth{a="b"})', 'absent(shop_queue_depth{a="b"}) and absent(shop_backlog{a="b"})'],
    [
      'absent_over_time(shop_queue_depth[5m])',
      'absent_over_time(shop_queue_depth[5m]) and absent_over_time(shop_backlog[5m])',
    ],
    ['timestamp(shop_queue_depth)', 'timestamp(shop_queue_depth) or timestamp(shop_backlog)'],
    ['max_over_time(shop_queue_depth[1h:1m])', 'max_over_time((shop_queue_depth or shop_backlog)[1h:1m])'],
    [
      'shop_run_duration_seconds_bucket',
      'shop_run_duration_seconds_bucket or shop_job_duration_seconds_bucket',
    ],
    ['up + on (job) other_total', 'up + on (job) other_total'],
    ['shop_runs_total_bucket', 'shop_runs_total_bucket'],
  ])('%s', (query, expected) => {
    expect(bridge(query)).toBe(expected);
  });

  it.each([
    [
      'rate(shop_runs_total[5m])',
      window(
        (name) => `rate(${name}[5m])`,
        (name) => `${name}[5m]`,
      ),
    ],
    [
      'quantile_over_time(0.5, shop_runs_total{a="b"}[5m] offset 1h)',
      window(
        (name) => `quantile_over_time(0.5, ${name}{a="b"}[5m] offset 1h)`,
        (name) => `${name}{a="b"}[5m] offset 1h`,
      ),
    ],
  ])('%s', (query, expected) => {
    expect(bridge(query)).toBe(expected);
  });

  it('is read as it was written where nothing is renamed', () => {
    const plain = modelOf(newSpec.replace(/\n {4}renamedFrom.*/g, ''));
    const { expr } = parsePromql('sum(rate(shop_runs_total[5m]))');
    if (expr === undefined) throw new Error('the query has a fault');
    expect(bridged(plain, expr)).toBe(expr);
    expect(ruleGroupFiles(plain).some(({ path }) => path.includes('renames'))).toBe(false);
  });

  it('keeps to the series of its service under both names', () => {
    const shared = modelOf(
      newSpec.replace('{ name: shop, owner: team }', '{ name: shop, owner: team, selector: { job: shop } }'),
    );
    const texts = ruleGroupFiles(shared).flatMap(({ groups }) =>
      groups.flatMap(({ rules }) => rules.map(({ expr }) => printPromql(expr))),
    );
    const read = texts.flatMap(
      (text) => text.match(/shop_(?:backlog|jobs_total|job_duration_seconds_\w+)(?:\{[^}]*\})?/g) ?? [],
    );
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter((each) => !each.includes('job="shop"'))).toEqual([]);
  });
});
