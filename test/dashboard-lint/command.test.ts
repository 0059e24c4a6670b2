import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { boardNamed, panelTitled, shop, shopModel } from './boards.js';

let folder = '';
let stdout = '';
let stderr = '';
const home = process.cwd();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-dashboards-'));
  process.chdir(folder);
  process.exitCode = undefined;
  [stdout, stderr] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += text.toString()), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += text.toString()), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.chdir(home);
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs a command line, and gives back its exit code. */
async function codeOf(...argv: readonly string[]): Promise<unknown> {
  await run(argv);
  return process.exitCode;
}

function spoiltBoard(): string {
  const { json } = boardNamed(shopModel, 'shop');
  for (const each of panelTitled(json, 'Calls').targets) each.expr = 'sum by (outcome) (calls_total)';
  return JSON.stringify(json);
}

describe('obs-gen dashboards', () => {
  it('without files looks at those of the spec', async () => {
    writeFileSync('observability.yaml', shop);
    await run(['dashboards']);
    expect(stdout).toMatch(/^shop: (\d+) of \1 lines$/m);
    expect(stdout).toMatch(/^service: \d+ of \d+ lines$/m);
    expect(stdout).toContain('exempt (scrape-matchers');
    expect(stdout).toContain('not counted (not in the JSON): picture, provisioning');
  });

  it('looks at any file, without a spec', async () => {
    writeFileSync('board.json', spoiltBoard());
    expect(await codeOf('dashboards', 'board.json')).toBe(1);
    expect(stdout).toMatch(/^target-counter-agg-rule$/m);
    expect(stdout).toContain('not counted (needs a spec): ');
  });

  it('compares a file with the spec beside it', async () => {
    writeFileSync('observability.yaml', shop.replaceAll('queue_depth', 'queue_length'));
    writeFileSync('board.json', JSON.stringify(boardNamed(shopModel, 'shop').json));
    expect(await codeOf('dashboards', 'board.json', '--format', 'json')).toBe(1);
    const { dashboards } = JSON.parse(stdout) as {
      dashboards: { findings: { rule: string; message: string }[] }[];
    };
    const stale = dashboards[0]?.findings.find(({ rule }) => rule === 'stale-metric');
    expect(stale?.message).toContain('reads `queue_depth`, which the spec does not have');
  });

  it('finds nothing in what the spec itself has made', async () => {
    writeFileSync('observability.yaml', shop);
    writeFileSync('board.json', JSON.stringify(boardNamed(shopModel, 'shop').json));
    expect(await codeOf('dashboards', 'board.json')).toBe(0);
  });

  it('prints a table', async () => {
    writeFileSync('board.json', spoiltBoard());
    expect(await codeOf('dashboards', 'board.json', '--format', 'markdown')).toBe(1);
    expect(stdout).toContain(
      '| counters only inside rate, irate or increase | `target-counter-agg-rule` | **1** |',
    );
  });

  it('says what is wrong with the spec first', async () => {
    writeFileSync('observability.yaml', shop.replace('by: [outcome]', 'by: [kind]'));
    expect(await codeOf('dashboards')).toBe(1);
    expect(stderr).toContain('OBS3001');
    expect(stdout).toBe('');
  });

  it.each([
    [['dashboards'], 'there is no spec at'],
    [['dashboards', 'board.json', '--spec', 'none.yaml'], 'there is no spec at'],
    [['dashboards', 'none.json'], 'there is no file none.json'],
    [['dashboards', 'broken.json'], 'broken.json is no JSON'],
  ])('%j is refused', async (argv, message) => {
    writeFileSync('board.json', '{}');
    writeFileSync('broken.json', '{');
    expect(await codeOf(...argv)).toBe(2);
    expect(stderr).toContain(message);
  });
});
