import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otlpOf } from '../inspect/trace/support.js';
import { folderWith } from '../mcp/folder.js';
import { program, runCli } from './run-cli.js';

const text = JSON.stringify(otlpOf([{ id: 'run', from: 0, to: 10 }]));

describe('obs-gen trace', () => {
  it('reads standard input, prints JSON, and writes the page', async () => {
    const cwd = folderWith({});
    const child = spawn(
      process.execPath,
      [program, 'trace', '-', '--format', 'json', '--html', 'trace.html'],
      {
        cwd,
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      printed += part;
    });
    child.stdin.end(text);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      version: 1,
      totals: { traces: 1, spans: 1, durationSeconds: 0.01 },
      traces: [{ criticalPath: [{ fromSeconds: 0, toSeconds: 0.01 }] }],
    });
    expect(readFileSync(join(cwd, 'trace.html'), 'utf8')).toContain('<title>Trace ');
  });

  it('says what is wrong with its input, and how to go on', async () => {
    const cwd = folderWith({ 'trace.json': '{"resourceMetrics": []}' });
    const { code, stdout, stderr } = await runCli(['trace', 'trace.json'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: trace.json cannot be read as traces: it holds metrics or logs, and no spans\nhelp: name the file with the traces\n',
    );
  });
});
