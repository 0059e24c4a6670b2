import { expect, it } from 'vitest';
import { parsePromql } from '../../../src/promql/parse.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import { sloSuite } from '../../../src/prove/slo/index.js';
import type { Suite } from '../../../src/prove/suite.js';
import { diagnosticsOf, modelOf } from '../../support/model.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { runSuite } from './run.js';

const spec = `
version: 1
service: { name: shop, owner: team-a }
target: { prometheus: { retention: 40d } }
labels:
  agent: { description: Agent., values: [planner, writer] }
  outcome: { description: Outcome., values: [completed, failed, timeout, cancelled] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
slis:
  runs: { events: { total: 'runs_total{outcome!="cancelled"}', bad: 'runs_total{outcome=~"failed|timeout"}' } }
slos:
  runs: { sli: runs, objective: 99.5, period: 30d, by: [agent], alerting: { noData: 15m } }
`;

const model = modelOf(spec);
const slo = model.slos.get('runs');
if (slo === undefined) throw new Error('the objective is gone');
const suite = sloSuite(model, slo);

/** The scenarios whose names hold a text. */
function only(text: string): Suite {
  const scenarios = suite.scenarios.filter(({ name }) => name.includes(text));
  expect(scenarios.length).toBeGreaterThan(0);
  return { ...suite, scenarios };
}

/** The rules with other expressions where a pattern of their names matches; W stands for the window of the name. */
function shaped(pattern: RegExp, text: string): readonly RuleGroup[] {
  let changed = 0;
  const groups = suite.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => {
      const name = rule.kind === 'record' ? rule.record : rule.alert;
      if (!pattern.test(name)) return rule;
      const { expr } = parsePromql(text.replaceAll('W', /[0-9]+[mhd]$/.exec(name)?.[0] ?? ''));
      if (expr === undefined) throw new Error(`no PromQL: ${text}`);
      changed += 1;
      return { ...rule, expr };
    }),
  }));
  expect(changed).toBeGreaterThan(0);
  return groups;
}

/** That rules of a shape fail where ours pass. */
function expectDefect(scenario: string, groups: readonly RuleGroup[]): void {
  const chosen = only(scenario);
  const ours = runSuite(model, chosen);
  expect(ours.passed, ours.output).toBe(true);
  const theirs = runSuite(model, chosen, groups);
  expect(theirs.passed).toBe(false);
  expect(theirs.output).toContain('FAILED');
}

const failed = 'sum by (agent) (rate(runs_total{outcome=~"failed|timeout"}[W]))';
const all = 'sum by (agent) (rate(runs_total{outcome!="cancelled"}[W]))';
const direct = /^slo:sli_error:ratio_rate(?:5m|30m|1h|6h)$/;

describeWithPromtool('defects that rules of other generators have, and ours are proven not to have', () => {
  it('an idle service is not a number: errors / all, as Sloth and Pyrra divide', () => {
    expectDefect('idle time', shaped(direct, `${failed} / ${all}`));
  });

  it('a numerator that does not exist yet makes the share absent instead of 0', () => {
    expectDefect('counts as good', shaped(direct, `${failed} / (${all} > 0)`));
  });

  it('one failure of three calls pages: no gate', () => {
    const ratio = (window: string): string => `slo:sli_error:ratio_rate${window}{slo="runs"}`;
    expectDefect(
      'one failure of three',
      shaped(
        /BudgetBurnPage$/,
        `(${ratio('5m')} > (14.4 * 0.005) and ${ratio('1h')} > (14.4 * 0.005)) or (${ratio('30m')} > (6 * 0.005) and ${ratio('6h')} > (6 * 0.005))`,
      ),
    );
  });

  it('series that are gone raise nothing: no alert on missing data', () => {
    const groups = suite.groups.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => rule.kind === 'record' || !rule.alert.endsWith('NoData')),
    }));
    expectDefect('series that are gone', groups);
    expectDefect('never started', groups);
  });

  it('the budget is an average of averages: Sloth sums up the shares of five minutes', () => {
    const five = 'slo:sli_error:ratio_rate5m{slo="runs"}[W]';
    expectDefect(
      'a bad night',
      shaped(/^slo:sli_error:ratio_rate30d$/, `sum_over_time(${five}) / count_over_time(${five})`),
    );
  });

  it('an error budget burns into an alert that is the same for every group: no grouping', () => {
    expectDefect(
      'fire by themselves',
      shaped(
        /^slo:sli_error:ratio_rate(?:5m|30m|1h|6h)$/,
        `${failed} / scalar(sum(${all}))`.replaceAll('by (agent) ', ''),
      ),
    );
  });
});

it('an alert that can never fire does not compile: 14.4 times a budget of 10 %', () => {
  const found = diagnosticsOf(spec.replace('objective: 99.5', 'objective: 90'));
  expect(found.map(({ code }) => code)).toContain('OBS3204');
});
