import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const repository = join(import.meta.dirname, '..', '..', '..');
const sources = ['src/output', 'src/diagnostics', 'src/instrument/apply'];

/** Compiles what writes files into a folder of its own, so that child processes run the sources as they are now. */
export function compileWriter(folder: string): string {
  const files = sources.flatMap((each) =>
    readdirSync(join(repository, each), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${each}/${name}`,
    ),
  );
  for (const path of [...files, 'src/package-root.ts'].filter((each) => each.endsWith('.ts'))) {
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
  return join(folder, 'src', 'instrument', 'apply');
}
