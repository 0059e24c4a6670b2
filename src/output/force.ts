import { resolve } from 'node:path';
import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** The files whose hand-made changes the user gives up, each named on its own. */
export interface Force {
  has(path: string): boolean;
  /** A path that names none of `paths` is a slip that would otherwise go unseen. */
  unused(paths: Iterable<string>): readonly Diagnostic[];
}

/** @param given paths as typed: counted from the working directory (as messages show them) or from the output directory */
export function forceOf(given: readonly string[], outDir: string): Force {
  const wanted = given.map((text) => ({ text, places: new Set([resolve(text), resolve(outDir, text)]) }));
  const names = (places: ReadonlySet<string>, path: string): boolean => places.has(resolve(outDir, path));
  return {
    has: (path) => wanted.some(({ places }) => names(places, path)),
    unused(paths) {
      const all = [...paths];
      return wanted
        .filter(({ places }) => !all.some((path) => names(places, path)))
        .map(({ text }) =>
          diagnostic('OBS4110', {
            message: `--force names \`${text}\`, which is no file that obs-gen writes to \`${outDir}\``,
            range: undefined,
            help: 'give the path as the conflict names it',
          }),
        );
    },
  };
}
