import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Candidate } from '../../src/instrument/candidate.js';
import type { FilePlan, PlanSettings } from '../../src/instrument/file/file-plan.js';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { removalPlan } from '../../src/instrument/file/verified-plan.js';
import type { Insertion } from '../../src/instrument/insertion.js';
import type { RuleSet } from '../../src/instrument/rules/rule-set.js';

export interface Choice {
  /** Names of the functions and calls that are chosen; all functions where there are none. */
  readonly names?: readonly string[];
  readonly insertion?: Partial<Insertion>;
  readonly calls?: boolean;
}

/** Rules that choose by name, without a spec. */
export function rulesFor({ names, insertion, calls = false }: Choice = {}): RuleSet {
  const given: Insertion = {
    rule: 0,
    span: { name: 'agent.run', member: 'agentRun' },
    attributes: [],
    style: 'wrap',
    ...insertion,
  };
  const fits = (candidate: Candidate): boolean =>
    names === undefined ? candidate.kind !== 'call' : names.includes(candidate.name ?? '');
  return {
    data: { rules: [] },
    wantsCalls: calls,
    needsTypes: false,
    mayMatch: () => true,
    decide: (candidate) => (fits(candidate) ? given : undefined),
    explain: () => [],
  };
}

/** A folder with some files around those that are planned: tsconfig.json, package.json. It is gone when the test ends. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), 'obs-gen-file-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
    }
  }

  settings(choice: Choice = {}): PlanSettings {
    return { rules: rulesFor(choice), root: this.root, outDir: join(this.root, 'generated'), verify: true };
  }

  plan(path: string, text: string, choice: Choice = {}): FilePlan {
    return planFile({ path, bytes: Buffer.from(text) }, this.settings(choice));
  }

  remove(path: string, text: string): FilePlan {
    return removalPlan({ path, bytes: Buffer.from(text) }, this.settings());
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
