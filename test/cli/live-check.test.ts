import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkoutSpec, goodPage, spanRequest } from '../inspect/live-check/support.js';
import { runCli, runShell, temporaryFolder } from './run-cli.js';

const queues = ['a', 'b', 'c', 'd'].map((queue) => `queue_depth{queue="${queue}"} 1\n`).join('');
const badPage = goodPage
  .replace('"failed"', '"failed",region="eu"')
  .replace('tool_calls_total counter', 'tool_calls_total gauge')
  .replace('queue_depth{queue="in"} 2\n', queues);

/** A folder with the spec and pages; it lasts as long as the test. */
function workspace(): string {
  const folder = temporaryFolder();
  const files = {
    'observability.yaml': checkoutSpec,
    'good.txt': goodPage,
    'bad.txt': badPage,
    'empty.txt': '',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const run = (cwd: string, ...args: readonly string[]): ReturnType<typeof runCli> =>
  runCli(['live-check', ...args], { cwd });

describe('obs-gen live-check', () => {
  it('fails of an undeclared label, a wrong type and a value above the cap', async () => {
    const folder = workspace();
    const { code, stdout, stderr } = await run(folder, 'bad.txt', '--summary', 'summary.md');
    expect(code).toBe(1);
    expect([...stderr.matchAll(/^error\[(OBS\d+)\]/gm)].map(([, each]) => each)).toEqual([
      'OBS6021',
      'OBS6012',
      'OBS6024',
    ]);
    expect(stderr).toMatch(/3 errors\n$/);
    expect(stdout).toContain('metrics  5  of  5  100%');
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('**Failed**: 3 errors');
  });

  it('fails of a target without anything', async () => {
    const { code, stdout } = await run(workspace(), 'empty.txt', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'OBS6001' }] });
  });

  it('reads standard input', async () => {
    const command = '"$NODE" "$OBS_GEN" live-check - --min-coverage 1 < good.txt';
    const { code, stdout } = await runShell(command, workspace());
    expect(stdout).toContain('11 samples looked at');
    expect(code).toBe(0);
  });

  it('listens while a command runs, whose own options are its own', async () => {
    const program = `
      const body = ${JSON.stringify(JSON.stringify(spanRequest('agent.step', {}, 1)))};
      await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      console.log(process.argv.slice(1).join(' '));`;
    const { code, stdout, stderr } = await run(
      workspace(),
      ...[
        '--listen',
        '127.0.0.1:0',
        '--',
        process.execPath,
        '--input-type=module',
        '-e',
        program,
        '-',
        '--spec=x',
      ],
    );
    expect(stderr).toMatch(/^listening for OTLP on http:\/\/127\.0\.0\.1:\d+\n/);
    expect(stderr).toContain('- --spec=x\n');
    expect(stdout).toContain('1 span looked at');
    expect(code).toBe(0);
  });

  it('says what cannot be asked for', async () => {
    expect(await run(workspace(), 'none.txt')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no file none.txt') as string,
    });
    expect(await runCli(['validate', '--', 'x'], { cwd: workspace() })).toMatchObject({ code: 2 });
  });
});
