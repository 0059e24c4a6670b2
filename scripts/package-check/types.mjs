import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Fault, run } from './command.mjs';

/** What finds the types through every way of resolving modules; a package of the tests with a lock of its own. */
const attw = 'test/peers/attw';

/**
 * Holds package.json and the declarations against what tools and bundlers make of them.
 * @returns what was done, in words
 */
export async function checkTypes(root, tarball) {
  const program = join(root, attw, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  if (!existsSync(program)) throw new Fault(`${attw} is not installed: npm ci --prefix ${attw}`);
  // The package is ESM; CommonJS requires it, which Node 20.19 and newer do.
  const publint = [join(root, 'node_modules/publint/src/cli.js'), tarball, '--strict'];
  await run(process.execPath, publint, { cwd: root });
  await run(
    process.execPath,
    [program, tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'],
    {
      cwd: root,
    },
  );
  return 'publint and attw find nothing';
}
