import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';
import { isLong } from './long.js';

/** A version of TypeScript that a service may have. */
export interface Compiler {
  readonly name: string;
  /** Its command line. */
  readonly program: string;
}

const others = join(packageRoot, 'test/peers/typescript/node_modules');
/** What this repository is compiled with. */
export const ownCompiler: Compiler = {
  name: '6.0',
  program: join(packageRoot, 'node_modules/typescript/bin/tsc'),
};
const old: Compiler = { name: '5.9', program: join(others, 'typescript-5.9/bin/tsc') };
const native: Compiler = { name: '7.0', program: join(others, 'typescript-7/bin/tsc') };

/** CI installs all of them. Elsewhere our own says what is wrong, only later: the native one takes a tenth of the time. */
const isThere = ({ program }: Compiler): boolean => process.env['CI'] !== undefined || existsSync(program);

/** All that are supported in the long run; else the fastest that there is. */
export const compilers: readonly Compiler[] = isLong
  ? [old, ownCompiler, native].filter(isThere)
  : [isThere(native) ? native : ownCompiler];

/** What a compiler has to say of a file. */
export interface Problem {
  /** Absolute; empty where it is about no file. */
  readonly file: string;
  readonly text: string;
}

const line = /^(.+?)\((\d+),\d+\): (error TS\d+: .*)$/;

/**
 * Compiles what lies in a folder.
 * @param options as in a tsconfig.json, which is written into the folder; `outDir` is relative to it
 * @throws Error where the compiler fails without saying what is wrong
 */
export async function compileFolder(
  { name, program }: Compiler,
  folder: string,
  options: Readonly<Record<string, unknown>>,
): Promise<readonly Problem[]> {
  const settings = join(folder, `tsconfig-${name}.json`);
  writeFileSync(settings, JSON.stringify({ compilerOptions: options, include: ['.'], exclude: ['out-*'] }));
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve) => {
    execFile(
      process.execPath,
      [program, '-p', settings, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), text: stdout + stderr });
      },
    );
  });
  // A line that begins with a space goes on with the one before.
  const problems = text
    .replaceAll(/\n +/g, ' ')
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const [, file, at = '', said] = line.exec(each) ?? [];
      return file === undefined || said === undefined
        ? { file: '', text: each }
        : { file: join(folder, file), text: `${at}: ${said}` };
    });
  if (status !== 0 && problems.length === 0) throw new Error(`TypeScript ${name} ended with ${status}`);
  return problems;
}
