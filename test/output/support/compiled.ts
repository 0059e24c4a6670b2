import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Compiles what writes output into a folder of its own, so that child processes run the sources as they are now, whether or not
 * `dist` was built.
 * @returns the folder in which `output/plan.js` and the others stand
 */
export function compileOutput(folder: string): string {
  const sources = ['src/package-root.ts', ...filesIn('src/output'), ...filesIn('src/diagnostics')];
  for (const path of sources.filter((each) => each.endsWith('.ts'))) {
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    const { outputText } = ts.transpileModule(readFileSync(join(repository, path), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  cpSync(join(repository, 'package.json'), join(folder, 'package.json'));
  const output = join(folder, 'src', 'output');
  // Beside them, since a child of another user may not be allowed to read the repository.
  cpSync(fileURLToPath(new URL('build.mjs', import.meta.url)), join(output, 'build.mjs'));
  return output;
}

function filesIn(path: string): string[] {
  return readdirSync(join(repository, path), { recursive: true, encoding: 'utf8' }).map(
    (each) => `${path}/${each}`,
  );
}
