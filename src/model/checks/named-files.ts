import { posix } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { locate, type LocatedScalar } from '../../spec/located.js';
import type { CheckInput } from './rule.js';

/** Whether there is a regular file at a path, which is absolute or relative to the working directory. */
export type FileExists = (path: string) => boolean;

/** The strings of a spec that name files which the service reads at start. */
function filesOf({ loaded: { root } }: Pick<CheckInput, 'loaded'>): readonly LocatedScalar[] {
  const lists = locate(root, ['security', 'reputation', 'lists']);
  const named = [locate(root, ['cost', 'prices']), ...(lists?.kind === 'sequence' ? lists.items : [])];
  return named.flatMap((node) => (node?.kind === 'scalar' && typeof node.value === 'string' ? [node] : []));
}

/**
 * OBS3060: the files that the service reads are there, beside the spec that names them. That is where they are looked for, whatever the
 * working directory; an absolute path is one of the machine that the service runs on, about which the build knows nothing.
 */
export function* namedFiles(input: Pick<CheckInput, 'loaded'>, exists: FileExists): Iterable<Diagnostic> {
  for (const { text, range } of filesOf(input)) {
    const written = text.value;
    if (posix.isAbsolute(written)) continue;
    const path = posix.join(posix.dirname(range.source.path), written);
    if (exists(path)) continue;
    yield diagnostic('OBS3060', {
      message: `there is no file \`${written}\``,
      range,
      help: `it is read by the service, relative to where it runs; obs-gen looked for ${path}, relative to this spec: add the file, or correct its path`,
    });
  }
}
