import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/package-root.js';

const source = join(packageRoot, 'src', 'runtime');

/**
 * Makes JavaScript of the runtime, for processes and threads of their own, and returns its folder. It lies inside the project, so that
 * prom-client and @opentelemetry/api are found.
 */
export function compileRuntime(name: string): { readonly folder: string; readonly remove: () => void } {
  const folder = join(packageRoot, 'test', '.out', `aggregate-${name}`);
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(source, path), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
