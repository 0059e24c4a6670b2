import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { OutputFile } from '../../emit/emitter.js';
import { shownPath } from '../../output/paths.js';

/** The module that changed code imports. */
export const helperModule = 'instrument.ts';

/** OBS5201 where the generated code is not what the spec compiles to: changed code could name a helper that does not exist. */
export function staleHelpers(files: readonly OutputFile[], out: string): readonly Diagnostic[] {
  const stale = files.filter(({ path }) => /^[^/]+\.ts$/.test(path)).flatMap((file) => staleness(file, out));
  const main = stale.find(({ path }) => path === helperModule) ?? stale[0];
  if (main === undefined) return [];
  const others = stale.length - 1;
  const more = others === 0 ? '' : `, and ${others} more generated ${others === 1 ? 'file' : 'files'}`;
  return [
    diagnostic('OBS5201', {
      message: `\`${shownPath(out, main.path)}\` ${main.fact}${more}`,
      range: undefined,
      help: 'run `obs-gen build` first: changed code imports what it writes',
    }),
  ];
}

/** The generated code as the spec has it, where it is not so on disk, by absolute paths with `/`. */
export function unwrittenHelpers(files: readonly OutputFile[], out: string): ReadonlyMap<string, string> {
  return new Map(
    files
      .filter((file) => file.path.endsWith('.ts') && staleness(file, out).length > 0)
      .map(({ path, content }) => [join(out, path).replaceAll('\\', '/'), content]),
  );
}

function staleness(
  { path, content }: OutputFile,
  out: string,
): readonly { readonly path: string; readonly fact: string }[] {
  try {
    if (readFileSync(join(out, path), 'utf8') === content) return [];
    return [{ path, fact: 'is not what the spec compiles to' }];
  } catch {
    return [{ path, fact: 'is missing' }];
  }
}
