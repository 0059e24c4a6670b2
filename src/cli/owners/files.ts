import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ServiceFiles } from '../../inspect/lifecycle/codeowners.js';
import { outDirOf } from '../fleet/output.js';
import type { NamedService } from '../read-services.js';

/** The root of the repository: the nearest folder with `.git`, else where the command runs. */
function repositoryRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return start;
  }
}

/** Where the files of some services lie, as CODEOWNERS has them: from the root of the repository. */
export function serviceFiles(
  services: readonly NamedService[],
  out: string | undefined,
  isFleet: boolean,
): readonly ServiceFiles[] {
  const root = repositoryRoot(process.cwd());
  const shown = (path: string): string => relative(root, resolve(path)).split(sep).join('/');
  return services.map((service) => ({
    service,
    // Presets are files of obs-gen, below no path of the repository.
    sources: (service.loaded?.files ?? [])
      .map(({ path }) => path)
      .filter((path) => existsSync(path))
      .map(shown),
    generated: shown(isFleet ? outDirOf(service, out) : (out ?? 'generated')),
  }));
}
