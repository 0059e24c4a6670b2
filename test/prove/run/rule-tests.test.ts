import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { testProblems } from '../../../src/cli/test/report.js';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import { number } from '../../../src/promql/build.js';
import { findProgram, isMissing, type Program } from '../../../src/prove/run/programs.js';
import { hasFindings, passes, type TestReport } from '../../../src/prove/run/report.js';
import { checkRuleFiles, runTestFiles } from '../../../src/prove/run/rule-tests.js';
import type { Suite } from '../../../src/prove/suite.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { alertRule, sampleGroups, sampleSuite, thorough } from './sample.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-rule-tests-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function promtool(): Promise<Program> {
  const found = await findProgram('promtool', process.env);
  if (isMissing(found)) throw new Error(found.reason);
  return found;
}

const testPath = 'prometheus/tests/sample.test.yaml';
const options = { jobs: 2 };

/** Runs the tests of a suite. @param rules as they stand on disk */
async function reportOf(suite: Suite, rules = ruleFile(suite.groups)): Promise<TestReport> {
  const out = folderWith({ [suite.ruleFile]: rules });
  const program = await promtool();
  return {
    programs: [program],
    ruleFiles: await checkRuleFiles(program, out, [suite.ruleFile], options),
    suites: [
      {
        suite,
        files: await runTestFiles(program, [{ path: testPath, suite, scenarios: suite.scenarios }], options),
      },
    ],
    coverage: undefined,
    routes: undefined,
    trials: undefined,
    milliseconds: { tests: 0, mutants: 0 },
  };
}

describeWithPromtool('generated tests', () => {
  it('that pass leave nothing to say', async () => {
    const report = await reportOf(sampleSuite([thorough]));
    expect(report.suites.every(passes)).toBe(true);
    expect(hasFindings(report, true)).toBe(false);
    expect(testProblems(report, false)).toBe('');
  });

  it('that fail are told by scenario, minute, what was expected, what came, and why', async () => {
    const limit = sampleGroups(undefined, {
      ...alertRule,
      expr: { ...(alertRule.expr as Extract<typeof alertRule.expr, { kind: 'binary' }>), right: number(4) },
    });
    const report = await reportOf({ ...sampleSuite([thorough]), groups: limit });
    expect(hasFindings(report, false)).toBe(true);
    expect(testProblems(report, false)).toBe(`FAILED alerts.TooManyErrors (prometheus/tests/sample.test.yaml)
  errors above 2 a second fire after two minutes, for their queue alone
    at 6m: TooManyErrors carries its labels and annotations
      expected  [
                    0:
                      Labels:{alertname="TooManyErrors", queue="a", severity="page", team="a"}
                      Annotations:{summary="Queue a fails."}
                    ]
      got       []
      because   a window of 5 minutes that fills up holds more than 2 a second from minute 4 on
  errors above 2 a second fire after two minutes, for their queue alone
    at 6m: TooManyErrors fires for queue=a alone
      expected  {queue="a"} 1E+00
      got       nil
      because   a window of 5 minutes that fills up holds more than 2 a second from minute 4 on

`);
    expect(testProblems(report, true)).toContain('promtool says:');
  });

  it('over rules that are none are told as promtool tells it', async () => {
    const open = 'groups: [{ name: sample, rules: [{ record: "a:b", expr: "sum(" }] }]\n';
    const groups = sampleGroups(undefined, { ...alertRule, labels: new Map([['no label', 'a']]) });
    const report = await reportOf({ ...sampleSuite([thorough]), groups }, open);
    expect(report.ruleFiles[0]?.faults.join('\n')).toContain('unclosed left parenthesis');
    expect(report.suites[0]?.files[0]?.failures[0]?.what).toContain('invalid label name: no label');
    expect(report.suites[0]?.files[0]?.failures[0]?.scenario).toBeUndefined();
  });

  it('that need a newer promtool are skipped, which is a finding with --strict alone', async () => {
    const report = await reportOf({ ...sampleSuite([thorough]), needs: [99, 0] });
    expect(report.suites[0]?.files[0]?.skipped).toMatch(/^needs promtool 99\.0, this one is \d+\.\d+\.\d+$/);
    expect(hasFindings(report, false)).toBe(false);
    expect(hasFindings(report, true)).toBe(true);
  });

  it('of rules that are there twice fail the lint', async () => {
    const [group] = sampleGroups();
    const twice = group === undefined ? [] : [{ ...group, rules: [...group.rules, ...group.rules] }];
    const report = await reportOf(sampleSuite([thorough]), ruleFile(twice));
    expect(report.ruleFiles[0]?.faults.join('\n')).toContain('duplicate');
  });

  it('are not failed by a promtool that slips once, and are by one that does so again', async () => {
    const real = await promtool();
    // The real program, but for so many of its first runs.
    const slipping = (slips: number): Program => {
      const folder = folderWith({ slips: `${slips}\n` });
      const path = join(folder, 'promtool');
      const slip = 'FAILED:\\n    expr: \\"up\\", time: 1m,\\n        exp: {} 1E+00\\n        got: nil\\n';
      writeFileSync(
        path,
        `#!/bin/sh
left=$(cat '${folder}/slips')
if [ "$left" -gt 0 ]; then echo $((left - 1)) > '${folder}/slips'; printf "${slip}" >&2; exit 1; fi
exec '${real.path}' "$@"
`,
        { mode: 0o755 },
      );
      return { ...real, path };
    };
    const suite = sampleSuite([thorough]);
    const file = { path: testPath, suite, scenarios: suite.scenarios };
    const [once] = await runTestFiles(slipping(1), [file], options);
    expect(once).toMatchObject({ failures: [], unsteady: true });
    // The file, each scenario by itself, and the file again.
    const often = suite.scenarios.length + 2;
    const [always] = await runTestFiles(slipping(often), [file], options);
    expect(always?.unsteady).toBe(false);
    expect(always?.failures.length).toBeGreaterThan(0);
  });
});
