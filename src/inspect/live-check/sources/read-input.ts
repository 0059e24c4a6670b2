import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TargetError } from './target-error.js';

/** What standard input is called. */
export const standardInput = 'standard input';

/**
 * The text of a file, or of standard input.
 * @param path `-` for standard input
 * @throws TargetError
 */
export async function readInput(
  path: string,
  maxBytes: number,
): Promise<{ readonly target: string; readonly text: string }> {
  const target = path === '-' ? standardInput : path;
  if (path === '-' && process.stdin.isTTY)
    throw new TargetError('standard input is a terminal', [
      'pipe a page into it: curl … | obs-gen live-check -',
    ]);
  try {
    if (path !== '-' && (await stat(path)).isDirectory())
      throw new TargetError(`${path} is a directory`, ['name a file with a page, or with OTLP as JSON']);
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of path === '-' ? process.stdin : createReadStream(path)) {
      const bytes = piece as Buffer;
      size += bytes.length;
      if (size > maxBytes)
        throw new TargetError(`${target} has more than ${maxBytes >> 20} MiB`, [
          'a larger one is let in by --max-size MIB',
        ]);
      pieces.push(bytes);
    }
    return {
      target,
      text: Buffer.concat(pieces)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    };
  } catch (error) {
    if (error instanceof TargetError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TargetError(
      code === 'ENOENT' ? `there is no file ${path}` : `${target} cannot be read: ${code ?? message}`,
      code === 'ENOENT' ? ['an address begins with http:// or https://'] : [],
    );
  }
}
