import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { UsageError } from '../usage-error.js';

/**
 * Writes the result to the file that was asked for, whole or not at all, or prints it. An older report is replaced; proposed rules never
 * replace anything, since they are there to be edited.
 * @throws UsageError where the file cannot be written
 */
export function writeResult(
  text: string,
  args: { readonly 'out-file': string | undefined; readonly 'write-rules'?: boolean | undefined },
  print: (text: string) => void,
): void {
  const path = args['out-file'];
  if (path === undefined) {
    print(text);
    return;
  }
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile())
    throw new UsageError(`${path} is no plain file`, ['name another one']);
  if (there !== undefined && args['write-rules'] === true)
    throw new UsageError(`${path} is there already`, [
      'name a new file: rules are not written over anything',
    ]);
  if (there !== undefined && /\.(?:[cm]?[jt]sx?|ya?ml)$/i.test(path))
    throw new UsageError(`${path} is there already, and looks like no report`, [
      'name a file that ends in .html, .json or .txt',
    ]);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be written: ${code ?? message}`);
  }
}
