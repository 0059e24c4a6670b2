import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compile } from '../../../src/compile.js';
import { finishDrafts, type Finished, type FinishOptions } from '../../../src/instrument/apply/finish.js';
import { stagesFor } from '../../../src/instrument/apply/stages-of.js';
import type { Stages, Subject } from '../../../src/instrument/apply/stages.js';
import { compileRules } from '../../../src/instrument/rules/compile.js';

const repository = join(import.meta.dirname, '..', '..', '..');

/** A spec whose rules mean every function and method. */
export const everything = `version: 1
service: { name: my-agent, owner: my-team }
spans:
  agent.step: { description: A step., kind: internal }
instrument:
  include: ['src/**']
  rules:
    - match: { function: '*' }
      span: agent.step
    - match: { class: '*', method: '*' }
      span: agent.step
`;

/** A project on disk with what its spec compiles to. */
export interface TestProject {
  readonly root: string;
  readonly subject: Subject;
  readonly stages: Stages;
  put(tree: Readonly<Record<string, string>>): void;
  /** Plans, formats and verifies. */
  finish(options?: Partial<FinishOptions>, remove?: boolean): Promise<Finished>;
  /** The same, and writes it, without any of the care that a run takes. */
  write(options?: Partial<FinishOptions>, remove?: boolean): Promise<Finished>;
}

/** Makes a project; the packages of this repository are its own. */
export function testProject(tree: Readonly<Record<string, string>>, spec = everything): TestProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'obs-gen-apply-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const put = (files: Readonly<Record<string, string>>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  };
  put({ 'observability.yaml': spec, 'package.json': '{ "type": "module" }\n', ...tree });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  const specPath = join(root, 'observability.yaml');
  const { model, files, diagnostics } = compile(specPath, '2026-06-01');
  if (model === undefined || files === undefined) throw new Error(diagnostics[0]?.message);
  put(Object.fromEntries(files.map(({ path, content }) => [`generated/${path}`, content])));
  const rules = compileRules(model).value;
  if (rules === undefined) throw new Error('no rules');
  const subject: Subject = {
    model,
    rules,
    specPath,
    place: { root, shown: '.' },
    outDir: join(root, 'generated'),
    paths: [],
    only: undefined,
    remove: false,
    jobs: 1,
    cache: false,
  };
  const stages = stagesFor(subject);
  const finish: TestProject['finish'] = async (options = {}, remove = false) => {
    const own = { ...subject, remove };
    const its = stagesFor(own);
    const planned = await its.planTree(() => undefined);
    return finishDrafts(own, its, planned, {
      verify: 'syntax',
      format: true,
      onStep: () => undefined,
      ...options,
    });
  };
  return {
    root,
    subject,
    stages,
    put,
    finish,
    async write(options, remove) {
      const finished = await finish(options, remove);
      put(Object.fromEntries(finished.drafts.map(({ path, after }) => [path, after])));
      return finished;
    },
  };
}
