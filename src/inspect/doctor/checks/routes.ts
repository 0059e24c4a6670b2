import { parse } from 'yaml';
import { alertmanagerOf } from '../../../alertmanager/settings.js';
import { alertmanagerFile } from '../../../emit/alertmanager/emitter.js';
import { member, text } from '../ask/json.js';
import { NoAnswer } from '../ask/no-answer.js';
import { defineCheck, type Context } from '../check.js';
import { compareRoutes } from '../drift/compare-routes.js';
import { failed, ok, type Outcome } from '../verdict.js';

/** @throws NoAnswer */
function deployedConfig(status: unknown): unknown {
  try {
    // Aliases are nothing that Alertmanager writes.
    return parse(text(member(status, 'config', 'original')), { maxAliasCount: 0 }) as unknown;
  } catch {
    throw new NoAnswer('content', 'Alertmanager does not tell its configuration as YAML');
  }
}

async function run(context: Context): Promise<Outcome> {
  const [file] = alertmanagerFile.files(context.model);
  const isLocal = context.place('alertmanager')?.isLocal === true;
  const found = deployedConfig(await context.json('alertmanager', '/api/v2/status'));
  const lines = compareRoutes(parse(file?.content ?? ''), found, isLocal);
  if (lines.length === 0)
    return ok(
      isLocal
        ? 'the routes and inhibitions of the spec; its receivers are turned to this machine, as `stack up` was asked'
        : 'the routes, inhibitions and receivers of the spec',
    );
  return failed(
    'Alertmanager does not tell people as the spec says',
    'run `obs-gen build`, bring alertmanager/alertmanager.yaml of the output to Alertmanager, and reload it',
    lines,
  );
}

export const routesCheck = defineCheck({
  id: 'alertmanager.routes',
  question: 'Does Alertmanager route alerts as the spec says?',
  needs: ['alertmanager'],
  moot: ({ model }) =>
    alertmanagerOf(model) === undefined || alertmanagerFile.files(model).length === 0
      ? 'the spec names no receivers'
      : undefined,
  run,
});
