import { createHash } from 'node:crypto';
import { alertmanagerPath } from '../../../emit/alertmanager/emitter.js';
import type { OutputFile } from '../../../emit/emitter.js';
import { emit } from '../../../emit/index.js';
import type { Model } from '../../../model/model.js';

/** Hashes of what a spec compiles to: two that agree on them run the same. */
export interface OutputHashes {
  readonly rules: string;
  readonly dashboards: string;
  readonly alertmanager: string;
}

/** Of all files whose path begins like this, each with its path; `none` where there are none. */
function hashOf(files: readonly OutputFile[], start: string): string {
  const own = files.filter(({ path }) => path.startsWith(start));
  if (own.length === 0) return 'none';
  const hash = createHash('sha256');
  for (const { path, content } of own) hash.update(`${path}\0${content.length}\0${content}`);
  return `sha256:${hash.digest('hex').slice(0, 16)}`;
}

/** The hashes of the rules, the dashboards and Alertmanager's configuration, as `obs-gen build` writes them. */
export function outputHashes(model: Model): OutputHashes {
  const files = emit(model, ['prometheus-rules', 'grafana', 'alertmanager']);
  return {
    rules: hashOf(files, 'prometheus/rules/'),
    dashboards: hashOf(files, 'grafana/dashboards/'),
    alertmanager: hashOf(files, alertmanagerPath),
  };
}
