import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { planAdoption, type PlannedAdoption } from '../../../src/instrument/adopt/plan-adoption.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';

interface Compiled {
  readonly model: Model;
  /** The generated TypeScript, by its path. */
  readonly helpers: ReadonlyMap<string, string>;
}

const known = new Map<string, Compiled>();

/** Compiles a spec, once. */
export function compiled(spec: string): Compiled {
  const seen = known.get(spec);
  if (seen !== undefined) return seen;
  const model = modelOf(spec);
  const files = typescriptHelpers.files(model).filter(({ path }) => path.endsWith('.ts'));
  const made = { model, helpers: new Map(files.map(({ path, content }) => [path, content])) };
  known.set(spec, made);
  return made;
}

/** Files on disk with the packages of this repository; all are modules, unless they say otherwise. */
export function withCode<T>(
  files: ReadonlyMap<string, string>,
  use: (root: string) => T | Promise<T>,
): Promise<T> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'obsgen-adopt-')));
  const all = new Map(files);
  if (!all.has('package.json')) all.set('package.json', '{ "type": "module" }\n');
  for (const [path, content] of all) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(realpathSync('node_modules'), join(root, 'node_modules'));
  return Promise.resolve(use(root)).finally(() => {
    rmSync(root, { recursive: true, force: true });
  });
}

/** What adoption makes of files, with the helpers of a spec in `generated`. */
export function adopt(
  spec: string,
  files: ReadonlyMap<string, string>,
  paths: readonly string[] = [],
): Promise<PlannedAdoption> {
  return withCode(files, (root) => {
    const { model, helpers } = compiled(spec);
    const outDir = join(root, 'generated');
    const unwritten = new Map([...helpers].map(([path, content]) => [join(outDir, path), content]));
    return planAdoption(model, { root, outDir, paths: paths.map((path) => join(root, path)) }, unwritten);
  });
}
