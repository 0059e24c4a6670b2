import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.js';

/**
 * The reference spec at a pace that a test can wait for: everything is scraped and evaluated each second, the windows of one objective are
 * seconds where they are hours otherwise, and the receivers are webhooks of the test. All else is as it is: rules, routes and inhibitions
 * are what is generated.
 * @param receivers the address of a server that takes notifications
 */
export function quickSpec(receivers: string): string {
  const spec = parse(readFileSync(join(packageRoot, 'observability.yaml'), 'utf8')) as {
    readonly target: { readonly prometheus: object };
    readonly slos: Readonly<Record<string, object>>;
  };
  const webhook = (path: string, more: object = {}): object => ({
    webhook: { url: receivers + path },
    ...more,
  });
  // JSON is YAML.
  return JSON.stringify({
    ...spec,
    target: {
      ...spec.target,
      prometheus: { ...spec.target.prometheus, scrapeInterval: '1s', evaluationInterval: '1s' },
    },
    slos: {
      ...spec.slos,
      'run-success': {
        ...spec.slos['run-success'],
        windows: [
          { severity: 'page', long: '15s', short: '5s', factor: 14.4 },
          { severity: 'ticket', long: '15s', short: '5s', factor: 1 },
        ],
      },
    },
    stack: {
      alertmanager: {
        page: webhook('/page', { groupWait: '0s' }),
        ticket: webhook('/ticket', { groupWait: '3s' }),
        deadMansSwitch: webhook('/heartbeat', { repeatInterval: '2s' }),
        groupInterval: '1s',
        repeatInterval: '1h',
      },
    },
  });
}
