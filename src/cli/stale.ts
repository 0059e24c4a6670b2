import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { OutputFile } from '../emit/emitter.js';

/**
 * OBS4102 for each file that is not what the spec compiles to.
 * @param out the output directory
 * @param help the way out, for a command that is not `build`
 */
export async function staleOnDisk(
  files: readonly OutputFile[],
  out: string,
  help: string,
): Promise<readonly Diagnostic[]> {
  const { diagnostic } = await import('../diagnostics/create.js');
  return files.flatMap(({ path, content }) => {
    let found: string | undefined;
    try {
      found = readFileSync(join(out, path), 'utf8');
    } catch {
      found = undefined;
    }
    if (found === content) return [];
    const fact = found === undefined ? 'is missing' : 'is not what the spec compiles to';
    return [diagnostic('OBS4102', { message: `\`${join(out, path)}\` ${fact}`, range: undefined, help })];
  });
}
