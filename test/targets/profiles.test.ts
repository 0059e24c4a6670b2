import { describe, expect, it } from 'vitest';
import { prometheusRules } from '../../src/emit/prometheus/emitter.js';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { aggregations, functions, type ValueType } from '../../src/promql/functions.js';
import { parsePromql } from '../../src/promql/parse.js';
import type { Model } from '../../src/model/model.js';
import { featuresOf } from '../../src/targets/query-features.js';
import { profileOf } from '../../src/targets/index.js';
import { describeWithPromtool, promtool, refusals } from '../support/promtool.js';
import { caseModels, withTarget } from './case-models.js';

const examples: Readonly<Record<ValueType, string>> = {
  scalar: '1',
  instant: 'x',
  range: 'x[5m]',
  string: '"a"',
};

/** A call of every function, and of every aggregation, each with the text that shows it. */
const calls = [...functions].map(([name, { args, required }]) => {
  const written = args.slice(0, Math.max(required, name === 'info' ? 1 : 0)).map((type) => examples[type]);
  return [name, `${name}(${written.join(', ')})`] as const;
});
const aggregationCalls = [...aggregations].map(([name, parameter]) => {
  const first = parameter === undefined ? '' : `${parameter === 'string' ? '"label"' : '1'}, `;
  return [name, `${name}(${first}x)`] as const;
});
const syntax = [
  ['at', 'x @ end()'],
  ['negative offset', 'x offset -5m'],
  ['atan2', 'x atan2 y'],
  ['duration', 'x > 30m'],
  ['underscores', 'x > 1_000'],
  ['quoted metric', '{"x"}'],
  ['quoted label', 'x{"a"="b"}'],
  ['quoted group', 'sum by ("a") (x)'],
  ['quoted match', 'x + on ("a") y'],
  ['plain', 'sum by (a) (rate(x{b="c"}[5m] offset 1h)) > 1e3 + 0x1f'],
] as const;

function supports(
  dialect: 'prometheus' | 'mimir' | 'thanos' | 'victoriametrics',
  version: string,
  query: string,
): readonly string[] {
  const { expr, errors } = parsePromql(query);
  if (expr === undefined) throw new Error(`${query}: ${errors[0]?.message ?? ''}`);
  const profile = profileOf({ dialect, version });
  return featuresOf(expr, query).flatMap(({ feature }) => {
    const { kind } = profile.support(feature);
    return kind === 'known' ? [] : [`${feature}: ${kind}`];
  });
}

describeWithPromtool('Prometheus 2.42', () => {
  const all = [...calls, ...aggregationCalls, ...syntax];
  const refused = refusals(all.map(([, query]) => query));

  it.each(all.map(([name, query], index) => [name, query, index] as const))(
    'reads %s as its profile says',
    (_, query, index) => {
      expect(supports('prometheus', '2.42', query).length > 0, refused.get(index)).toBe(refused.has(index));
    },
  );
});

describe('profiles', () => {
  it('know what came with which version', () => {
    const knows = (version: string, feature: Parameters<ReturnType<typeof profileOf>['knows']>[0]): boolean =>
      profileOf({ dialect: 'prometheus', version }).knows(feature);
    expect([knows('2.41', 'keep_firing_for'), knows('2.42', 'keep_firing_for')]).toEqual([false, true]);
    expect([knows('2.52', 'query_offset'), knows('2.53', 'query_offset')]).toEqual([false, true]);
    expect([knows('2.55', 'group labels'), knows('3.0', 'group labels')]).toEqual([false, true]);
    expect([knows('2.9', 'limit'), knows('2.31', 'limit')]).toEqual([false, true]);
    expect([knows('2.55', 'normalised le'), knows('3.0', 'left-open ranges')]).toEqual([false, true]);
    expect([knows('2.30', 'the modifier `@`'), knows('2.33', 'the modifier `@`')]).toEqual([false, true]);
    expect([knows('3.13', 'first_over_time()'), knows('3.14', 'first_over_time()')]).toEqual([false, true]);
  });

  it('call a feature behind a flag so, between the version that brought it and the one that made it stable', () => {
    const support = (version: string): string =>
      profileOf({ dialect: 'prometheus', version }).support('first_over_time()').kind;
    expect(['3.6', '3.7', '3.14'].map(support)).toEqual(['newer', 'flagged', 'known']);
  });

  it('of Thanos have keys of rules later than Prometheus', () => {
    const thanos = (version: string) => profileOf({ dialect: 'thanos', version });
    expect(thanos('2.47').knows('keep_firing_for')).toBe(false);
    expect(thanos('2.48').knows('keep_firing_for')).toBe(true);
    expect(thanos('3.0').knows('query_offset')).toBe(false);
    expect(thanos('3.1').titleOf([3, 1])).toBe('Thanos with the language of Prometheus 3.1');
  });

  it('of Mimir have its limits', () => {
    const { largestGroup, mostGroups, splitsChains } = profileOf({ dialect: 'mimir', version: '3.5' });
    expect({ largestGroup, mostGroups, splitsChains }).toEqual({
      largestGroup: 20,
      mostGroups: 70,
      splitsChains: false,
    });
  });

  it('of VictoriaMetrics have no version, and lack some of PromQL', () => {
    const lacking = [...calls, ...aggregationCalls]
      .filter(([, query]) => supports('victoriametrics', '2.0', query).length > 0)
      .map(([name]) => name);
    expect(lacking.sort()).toEqual([
      'double_exponential_smoothing',
      'histogram_count',
      'histogram_sum',
      'info',
      'limit_ratio',
      'range',
      'start_timestamp',
      'ts_of_first_over_time',
      'ts_of_last_over_time',
      'ts_of_max_over_time',
      'ts_of_min_over_time',
    ]);
    expect(profileOf({ dialect: 'victoriametrics', version: '2.0' }).splitsChains).toBe(true);
  });
});

function refusedFiles(model: Model): readonly string[] {
  return prometheusRules.files(model).flatMap(({ path, content }) => {
    const name = path.replace(/.*\//, '');
    const { status, output } = promtool(['check', 'rules', '--lint=all', '--lint-fatal', name], {
      [name]: content,
    });
    return status === 0 ? [] : [`${path}: ${output}`];
  });
}

describeWithPromtool.each(caseModels())('the rules of %s', (_, model) => {
  it.each(['prometheus', 'mimir', 'thanos', 'victoriametrics'] as const)('are read by %s', (dialect) => {
    expect(refusedFiles(withTarget(model, dialect, '2.42'))).toEqual([]);
  });

  it('use nothing that Prometheus 2.42 lacks', () => {
    const profile = profileOf({ dialect: 'prometheus', version: '2.42' });
    for (const { groups } of ruleGroupFiles(model))
      for (const { rules } of groups)
        for (const { expr } of rules)
          expect(featuresOf(expr, '').filter(({ feature }) => !profile.knows(feature))).toEqual([]);
  });
});
