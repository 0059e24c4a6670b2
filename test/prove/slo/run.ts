import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import type { Model } from '../../../src/model/model.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import type { Suite } from '../../../src/prove/suite.js';
import { testFiles } from '../../../src/prove/test-file.js';

export interface Outcome {
  readonly passed: boolean;
  readonly output: string;
  /** Milliseconds of each file. */
  readonly took: Readonly<Record<string, number>>;
}

/** Runs the test files of a suite with promtool. @param groups other rules than the suite's own */
export function runSuite(model: Model, suite: Suite, groups: readonly RuleGroup[] = suite.groups): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'obs-gen-suite-'));
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  try {
    write(suite.ruleFile, ruleFile(groups));
    let [passed, output] = [true, ''];
    const took: Record<string, number> = {};
    for (const { path, content } of testFiles(model, suite)) {
      write(path, content);
      const start = performance.now();
      const run = spawnSync('promtool', ['test', 'rules', path], {
        cwd: directory,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      took[path] = Math.round(performance.now() - start);
      passed &&= run.status === 0;
      output += `${run.stdout}${run.stderr}`;
    }
    return { passed, output, took };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
