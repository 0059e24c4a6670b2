import { chmodSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { runAgents } from '../../src/cli/agents/run.js';
import { folderWith, spec } from '../mcp/folder.js';

const home = process.cwd();
const usual = { spec: 'observability.yaml', out: './generated/', write: 'AGENTS.md', check: undefined };
let folder: string;

beforeEach(() => {
  folder = folderWith({ 'observability.yaml': spec, 'AGENTS.md': '# Ours\r\n\r\nNo section yet.' });
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(home);
});

const text = (): string => readFileSync(join(folder, 'AGENTS.md'), 'utf8');

describe('obs-gen agents', () => {
  it('puts the section into a file, keeps the rest, and changes nothing the second time', async () => {
    expect(await runAgents({ ...usual, check: true })).toBe(1);
    expect(await runAgents(usual)).toBe(0);
    const first = text();
    expect(first.startsWith('# Ours\r\n\r\nNo section yet.\r\n\r\n<!-- obs-gen: begin')).toBe(true);
    expect(first).toContain('typed helpers in `generated/`');
    expect(await runAgents({ ...usual, check: true })).toBe(0);
    const { mtimeMs } = lstatSync('AGENTS.md');
    expect(await runAgents(usual)).toBe(0);
    expect([text(), lstatSync('AGENTS.md').mtimeMs]).toEqual([first, mtimeMs]);
  });

  it('brings it up to date when the spec has changed', async () => {
    await runAgents(usual);
    writeFileSync('observability.yaml', spec.replaceAll('queue_depth', 'tasks_waiting'));
    expect(await runAgents({ ...usual, check: true })).toBe(1);
    expect(await runAgents(usual)).toBe(0);
    expect(text()).toContain('`metrics.tasksWaiting`');
    expect(text()).not.toContain('queueDepth');
  });

  it('makes the file where there is none, and follows a link', async () => {
    expect(await runAgents({ ...usual, write: 'NEW.md' })).toBe(0);
    expect(readFileSync('NEW.md', 'utf8')).toMatch(/^<!-- obs-gen: begin/);
    symlinkSync('AGENTS.md', 'CLAUDE.md');
    expect(await runAgents({ ...usual, write: 'CLAUDE.md' })).toBe(0);
    expect(lstatSync('CLAUDE.md').isSymbolicLink()).toBe(true);
    expect(text()).toContain('<!-- obs-gen: begin');
  });

  it('keeps the rights of the file', async () => {
    chmodSync('AGENTS.md', 0o600);
    await runAgents(usual);
    expect(lstatSync('AGENTS.md').mode & 0o777).toBe(0o600);
  });

  it('refuses marks that do not fit, and bytes that are no text, and leaves the file as it is', async () => {
    writeFileSync('AGENTS.md', '<!-- obs-gen: begin -->\nhalf a section\n');
    await expect(runAgents(usual)).rejects.toThrow('its marks of the section do not fit together');
    expect(text()).toBe('<!-- obs-gen: begin -->\nhalf a section\n');
    writeFileSync('AGENTS.md', Buffer.from([0x23, 0xff, 0xfe]));
    await expect(runAgents(usual)).rejects.toThrow('AGENTS.md cannot be read: it is no UTF-8');
    await expect(runAgents({ ...usual, write: undefined, check: true })).rejects.toThrow('none is named');
  });
});
