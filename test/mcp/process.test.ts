import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { program } from '../cli/run-cli.js';
import { folderWith, spec } from './folder.js';
import { describeWithClient, newClient, stdioTransport } from './peer.js';

describeWithClient('obs-gen mcp', () => {
  it('serves the official client over standard input and output', async () => {
    const client = newClient();
    const cwd = folderWith({ 'observability.yaml': spec });
    await client.connect(
      stdioTransport({ command: process.execPath, args: [program, 'mcp'], cwd, stderr: 'pipe' }),
    );
    try {
      const { structuredContent } = await client.callTool({ name: 'find_spans', arguments: { text: 'run' } });
      expect(structuredContent?.['spans']).toMatchObject([{ name: 'agent.run' }]);
    } finally {
      await client.close();
    }
  });

  it('answers what came before its input ended, prints nothing else, and ends with 0', async () => {
    const cwd = folderWith({ 'observability.yaml': spec });
    const child = spawn(process.execPath, [program, 'mcp', '--read-only'], {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    const lines = [
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18' } },
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'validate', arguments: {} } },
    ];
    child.stdin.end(lines.map((line) => JSON.stringify(line)).join('\n'));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, texts.stderr]).toEqual([0, '']);
    expect(
      texts.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: number }).id),
    ).toEqual([1, 2]);
  });
});
