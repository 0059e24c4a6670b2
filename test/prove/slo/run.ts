import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import type { Model } from '../../../src/model/model.js';
import type { Rule, RuleGroup } from '../../../src/promql/rule.js';
import { endOf, onlyRules, rulesBehind } from '../../../src/prove/dependencies.js';
import type { Scenario } from '../../../src/prove/scenario.js';
import { simulate, unmet } from '../../../src/prove/simulate.js';
import type { Suite } from '../../../src/prove/suite.js';
import { testDocument, testFiles } from '../../../src/prove/test-file.js';
import { promtoolEnvironment } from '../../support/promtool.js';

export interface Outcome {
  readonly passed: boolean;
  readonly output: string;
  /** Milliseconds of each file. */
  readonly took: Readonly<Record<string, number>>;
}

/** Evaluations that promtool is spared before a file of its own is worth it: half a second. */
const worthwhile = 4_000;

/** A scenario of days, of which promtool evaluates what its checks depend on; everything else is simulated. */
interface Long {
  readonly scenario: Scenario;
  readonly behind: ReadonlySet<Rule>;
}

function longOnes({ scenarios }: Suite, groups: readonly RuleGroup[]): readonly Long[] {
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return scenarios.flatMap((scenario) => {
    const behind = new Set(scenario.checks.flatMap((check) => [...rulesBehind(check, groups)]));
    const steps = endOf(scenario) / scenario.evaluationInterval;
    return steps * (rules - behind.size) > worthwhile ? [{ scenario, behind }] : [];
  });
}

/** Runs the test files of a suite with promtool. @param groups other rules than the suite's own */
export function runSuite(model: Model, suite: Suite, groups: readonly RuleGroup[] = suite.groups): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'obs-gen-suite-'));
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  let [passed, output] = [true, ''];
  const took: Record<string, number> = {};
  const promtool = (path: string): void => {
    const start = performance.now();
    const run = spawnSync('promtool', ['test', 'rules', path], {
      cwd: directory,
      encoding: 'utf8',
      env: promtoolEnvironment,
      maxBuffer: 64 * 1024 * 1024,
    });
    took[path] = Math.round(performance.now() - start);
    passed &&= run.status === 0;
    output += `${run.stdout}${run.stderr}`;
  };
  try {
    write(suite.ruleFile, ruleFile(groups));
    const long = longOnes(suite, groups);
    const isLong = new Set(long.map(({ scenario }) => scenario));
    const scenarios = suite.scenarios.filter((each) => !isLong.has(each));
    for (const { path, content } of testFiles(model, { ...suite, scenarios })) {
      write(path, content);
      promtool(path);
    }
    for (const [index, { scenario, behind }] of long.entries()) {
      const kept = onlyRules(groups, behind);
      const names = kept.map(({ name }) => name);
      write(`long-${index}.rules.yaml`, ruleFile(kept));
      const path = `long-${index}.test.yaml`;
      write(path, testDocument([`long-${index}.rules.yaml`], names, scenario.evaluationInterval, [scenario]));
      promtool(path);
      const { failure } = simulate(groups, scenario, endOf(scenario));
      if (failure === undefined) continue;
      passed = false;
      output += `FAILED: ${scenario.name}: ${failure.rule} at ${failure.at}: ${failure.message}\n`;
    }
    return { passed, output, took };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the simulation says of a suite's own rules; nothing where all is well. That promtool says the same is for tests that run it. */
export function simulated({ groups, scenarios }: Suite): readonly string[] {
  return scenarios.flatMap((scenario) =>
    unmet(simulate(groups, scenario, endOf(scenario)), scenario.checks).map(
      (check) => `${scenario.name}: ${check.kind} at ${check.at}`,
    ),
  );
}
