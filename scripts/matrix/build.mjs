import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** The ways in which a service may be compiled. */
export const forms = { ESM: 'module', CommonJS: 'commonjs' };

const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  isolatedModules: true,
  skipLibCheck: false,
};

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A folder whose programs find these packages. */
export function packagesIn(folder, packages) {
  for (const { name, path } of packages) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link);
  }
}

/** The sources of a service in a form, with what the compiler is told. */
export function writeService(folder, files, programs, type) {
  write(join(folder, 'package.json'), JSON.stringify({ type }));
  write(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
  for (const { path, content } of files.filter((file) => file.path.endsWith('.ts')))
    write(join(folder, 'generated', path), content);
  for (const [name, source] of programs) write(join(folder, `${name}.ts`), source);
}

/** Compiles a service. @returns what the compiler says, and a digest of what it wrote */
export async function compileService({ program }, folder, out) {
  const said = await new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, '-p', folder, '--outDir', out, '--pretty', 'false'],
      { maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve(error === null ? '' : (stdout + stderr || error.message).replaceAll(/[^\s(]*\/src\//g, ''));
      },
    );
  });
  if (said !== '') return { said, digest: undefined };
  write(join(out, 'package.json'), readFileSync(join(folder, 'package.json'), 'utf8'));
  const digest = createHash('sha256');
  for (const name of readdirSync(out, { recursive: true })
    .filter((each) => each.endsWith('.js'))
    .sort())
    digest.update(`${name}\0${readFileSync(join(out, name), 'utf8')}\0`);
  return { said, digest: digest.digest('hex') };
}
