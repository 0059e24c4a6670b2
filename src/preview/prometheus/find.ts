import { isProgram, onPath } from '../../processes/on-path.js';

/** Why there is no data, and the way out. */
export interface Unavailable {
  readonly reason: string;
  readonly help: string;
}

const installation =
  'install Prometheus: `apt-get install prometheus`, `brew install prometheus`, or prometheus.io/download';

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
