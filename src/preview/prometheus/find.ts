import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Why there is no data, and the way out. */
export interface Unavailable {
  readonly reason: string;
  readonly help: string;
}

const installation =
  'install Prometheus: `apt-get install prometheus`, `brew install prometheus`, or prometheus.io/download';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Looks on the PATH without running anything: a page that waits for `--version` twice is late. */
export function onPath(names: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))))
    .find(isProgram);
}

/** Finds Prometheus: where OBSGEN_PROMETHEUS says, else on the PATH. */
export function findPrometheus(env: NodeJS.ProcessEnv): string | Unavailable {
  const named = env['OBSGEN_PROMETHEUS'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    return { reason: `there is no program at ${named}`, help: `OBSGEN_PROMETHEUS is set to ${named}` };
  }
  return (
    onPath(['prometheus'], env) ?? {
      reason: 'there is no prometheus on the PATH',
      help: `${installation}; where it is not on the PATH, name it: OBSGEN_PROMETHEUS=/path/to/prometheus`,
    }
  );
}
