import { posix } from 'node:path';
import type { FleetService } from '../../fleet/fleet.js';
import { alertRuleFile, sloRuleFile } from '../../emit/prometheus/files.js';
import type { Model } from '../../model/model.js';

/** Where a service's files lie, relative to the root of the repository, with `/`. */
export interface ServiceFiles {
  readonly service: FleetService;
  /** Its spec and what it imports. */
  readonly sources: readonly string[];
  readonly generated: string;
}

/** An owner as CODEOWNERS has it: `@org/team`, an address of mail as it is. */
export function handleOf(owner: string, organisation: string | undefined): string {
  const word = owner.trim().replace(/\s+/g, '-');
  if (/^[^@\s/]+@[^@\s/]+$/.test(word)) return word;
  const name = word.replace(/^@/, '');
  return organisation === undefined || name.includes('/') ? `@${name}` : `@${organisation}/${name}`;
}

/** A path as a pattern of CODEOWNERS: from the root, spaces and what begins a comment escaped. */
function patternOf(path: string): string {
  return `/${path.replace(/^\/+/, '').replace(/[\\ #[\]!*?]/g, '\\$&')}`;
}

/** Generated files whose owner is another one than the service's, by their path in the output. */
function ofOthers(model: Model): readonly (readonly [path: string, owner: string])[] {
  const service = model.service.owner;
  const found: [string, string][] = [];
  const add = (owner: string | undefined, ...paths: readonly string[]): void => {
    if (owner !== undefined && owner !== service) for (const path of paths) found.push([path, owner]);
  };
  for (const slo of model.slos.values()) add(slo.owner, sloRuleFile(model, slo.name));
  const alerts = new Set([...model.alerts.values()].map(({ owner }) => owner));
  const [only] = alerts;
  if (alerts.size === 1) add(only, alertRuleFile(model));
  for (const alert of model.alerts.values()) add(alert.owner, `docs/runbooks/${alert.name}.md`);
  for (const dashboard of model.dashboards.values())
    add(dashboard.owner, `grafana/dashboards/${dashboard.name}.json`);
  return found;
}

/**
 * Lines for CODEOWNERS: each spec, what it imports (with all who import it) and its output, then single files of it that are another
 * team's, since the last line that fits counts. What has no owner is left out.
 * @param organisation put before the names of teams: `acme` makes `@acme/agents` of `agents`
 */
export function codeowners(services: readonly ServiceFiles[], organisation: string | undefined): string {
  const owners = new Map<string, Set<string>>();
  const add = (path: string, owner: string): void => {
    const pattern = patternOf(path);
    const known = owners.get(pattern) ?? new Set();
    owners.set(pattern, known.add(handleOf(owner, organisation)));
  };
  for (const { service, sources, generated } of services) {
    const { model } = service;
    const owner = model?.service.owner;
    if (model === undefined) continue;
    if (owner !== undefined) {
      for (const path of sources) add(path, owner);
      add(`${generated}/`, owner);
    }
    for (const [path, other] of ofOthers(model)) add(posix.join(generated, path), other);
  }
  return [...owners].map(([pattern, names]) => `${pattern} ${[...names].join(' ')}\n`).join('');
}
