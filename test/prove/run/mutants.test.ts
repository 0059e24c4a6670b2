import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { mutantsOf } from '../../../src/prove/mutants/index.js';
import { tryMutants } from '../../../src/prove/run/mutants.js';
import { simulation, type Oracle } from '../../../src/prove/run/oracle.js';
import { Interrupted } from '../../../src/prove/run/process.js';
import { findProgram, isMissing, type Program } from '../../../src/prove/run/programs.js';
import { trialsThat } from '../../../src/prove/run/report.js';
import type { Trial } from '../../../src/prove/run/verdict.js';
import type { Suite } from '../../../src/prove/suite.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { sampleSuite, thorough, weak } from './sample.js';

async function promtool(): Promise<Program> {
  const found = await findProgram('promtool', process.env);
  if (isMissing(found)) throw new Error(found.reason);
  return found;
}

async function trialsOf(suite: Suite, oracle: Oracle = simulation): Promise<readonly Trial[]> {
  return tryMutants(await promtool(), [suite], oracle, { jobs: 2 });
}

function outcome(trials: readonly Trial[]): readonly string[] {
  return trials.map(({ mutant, verdict }) => `${verdict.kind} ${mutant.id}`);
}

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('obs-gen-test-'));

describeWithPromtool('mutants', () => {
  it('of a strong test are killed, all but those that are named', async () => {
    const trials = await trialsOf(sampleSuite([thorough]));
    expect(trials.map(({ mutant }) => mutant.id)).toEqual(
      mutantsOf(sampleSuite([thorough])).map(({ id }) => id),
    );
    expect(trialsThat(trials, 'fault')).toEqual([]);
    expect(trials.flatMap(({ disagreements }) => disagreements)).toEqual([]);
    const survivors = trialsThat(trials, 'survived').map(({ mutant }) => `${mutant.rule}: ${mutant.what}`);
    // There is no other team, whose records the alert must not read.
    expect(survivors).toEqual(['TooManyErrors: `team="a"` was dropped in job:errors:rate5m']);
  });

  it('of a weak test survive, with a hint', async () => {
    const trials = await trialsOf(sampleSuite([weak]));
    const survivors = trialsThat(trials, 'survived');
    const pending = survivors.find(({ mutant }) => mutant.what === '`for: 2m` was dropped');
    expect(pending?.verdict).toEqual({
      kind: 'survived',
      hint: 'ask just before and just after the time that the alert has to wait',
    });
    expect(survivors.map(({ mutant }) => mutant.kind)).toContain('severity');
    expect(trialsThat(trials, 'killed').length).toBeGreaterThan(5);
  });

  it('of a test that asks for nothing survive without a run', async () => {
    const trials = await trialsOf(sampleSuite([{ ...weak, checks: [] }]));
    for (const { verdict } of trials) {
      if (verdict.kind !== 'equivalent')
        expect(verdict).toEqual({ kind: 'survived', hint: 'no check depends on the rule' });
    }
  });

  it('fare the same without being foreseen, and side by side as alone', async () => {
    const suite = sampleSuite([weak, thorough]);
    // It is wrong about whole rules too, and is not relied on.
    const blind: Oracle = (_, { checks }) => ({ unmet: checks, failure: undefined });
    // A query without a name may read anything: such a suite is run mutant by mutant.
    const everything = {
      kind: 'query',
      expr: {
        kind: 'selector',
        metric: undefined,
        matchers: [{ label: 'none', operator: '=', value: 'none' }],
      },
      at: 60,
      results: [],
    } as const;
    const alone = sampleSuite([weak, { ...thorough, checks: [...thorough.checks, everything] }]);
    const expected = outcome(await trialsOf(suite));
    expect(outcome(await trialsOf(suite, blind))).toEqual(expected);
    expect(outcome(await trialsOf(alone))).toEqual(expected);
  });

  it('are told apart from what an oracle makes of them', async () => {
    const liar: Oracle = (groups, scenario) => {
      // It is right about whole rules, and takes every mutant for dead.
      const truth = simulation(groups, scenario);
      return scenario.checks.some((check) => JSON.stringify(check).includes('__mutant'))
        ? { ...truth, unmet: scenario.checks }
        : truth;
    };
    const trials = await trialsOf(sampleSuite([weak]), liar);
    expect(outcome(trials)).toEqual(outcome(await trialsOf(sampleSuite([weak]))));
    expect(trials.flatMap(({ disagreements }) => disagreements).length).toBeGreaterThan(0);
  });

  it('leave nothing behind when they are interrupted', async () => {
    const before = leftovers();
    const ended = new AbortController();
    const onProgress = (): void => {
      ended.abort();
    };
    const run = tryMutants(await promtool(), [sampleSuite([thorough])], simulation, {
      jobs: 2,
      signal: ended.signal,
      onProgress,
    });
    await expect(run).rejects.toThrow(Interrupted);
    expect(leftovers()).toEqual(before);
  });
});
