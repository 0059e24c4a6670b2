import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram, isMissing } from '../../../src/prove/run/programs.js';
import { testRoutes, type RouteExpectation, type RouteResult } from '../../../src/prove/run/routes.js';
import { missingProgram } from '../../support/program.js';

const config = `route:
  receiver: mail
  routes:
  - { matchers: ['severity="page"'], receiver: pager }
receivers: [{ name: mail }, { name: pager }]
`;

function expectation(severity: string, ...receivers: readonly string[]): RouteExpectation {
  return { labels: new Map([['severity', severity]]), receivers };
}

async function routesOf(text: string, expectations: readonly RouteExpectation[]): Promise<RouteResult> {
  const amtool = await findProgram('amtool', process.env);
  if (isMissing(amtool)) throw new Error(amtool.reason);
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-routes-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'alertmanager.yaml'), text);
  return testRoutes(amtool, join(folder, 'alertmanager.yaml'), expectations, { jobs: 2 });
}

describe.skipIf(missingProgram('amtool'))('routes', () => {
  it('that lead where they should', async () => {
    const expectations = [expectation('page', 'pager'), expectation('ticket', 'mail')];
    expect(await routesOf(config, expectations)).toEqual({ tried: 2, faults: [] });
  });

  it('that lead elsewhere', async () => {
    expect(await routesOf(config, [expectation('page', 'mail')])).toEqual({
      tried: 1,
      faults: ['an alert with severity=page goes to pager, not to mail'],
    });
  });

  it('of a file that Alertmanager refuses', async () => {
    const { tried, faults } = await routesOf(config.replace('receiver: pager', 'receiver: nobody'), []);
    expect(tried).toBe(0);
    expect(faults.join('\n')).toContain('nobody');
  });
});
