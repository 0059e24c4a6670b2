import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { isLong } from '../support/long.js';
import { fences, root, type Block } from './markdown.js';
import { commandsOf } from './shell.js';
import { obsGenArguments } from './kinds.js';

/**
 * The tutorial, walked: its files are written as it shows them, its commands of obs-gen are run in their order, and what they print is what
 * stands there. Installing, Prometheus and Alertmanager are left to test/package and test/e2e.
 */
const { blocks, prose } = fences(readFileSync(join(root, 'docs/tutorial.md'), 'utf8'));

/** The file that each block is the content of: named at the end of the last line between it and the block before. */
const files = blocks.map(({ line }, index) => {
  const before = blocks[index - 1];
  const begin = before === undefined ? 0 : before.line + before.lines.length;
  const above = prose.slice(begin, line - 2).findLast((text) => text !== '') ?? '';
  return /`([\w./-]+)`:$/.exec(above)?.[1];
});

/** What is typed in a block, with what is printed below it. */
function exchanges({ lines }: Block): { readonly typed: string; readonly printed: string[] }[] {
  const found: { typed: string; printed: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) found.push({ typed: line.slice(2), printed: [] });
    else found.at(-1)?.printed.push(line);
  }
  return found;
}

/** Commands that need neither packages nor servers; all but the first takes seconds. */
const walked = isLong ? ['validate', 'init', 'build', 'instrument'] : ['validate'];

const folder = { path: '', home: process.cwd() };

beforeAll(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'obs-gen-tutorial-'));
  writeFileSync(join(folder.path, 'package.json'), '{ "name": "checkout", "type": "module" }\n');
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'), 'dir');
});

afterEach(() => {
  process.chdir(folder.home);
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

afterAll(() => {
  rmSync(folder.path, { recursive: true, force: true });
});

async function printedBy(args: readonly string[]): Promise<string> {
  let output = '';
  const take = (chunk: unknown): boolean => {
    output += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  await run(args);
  vi.restoreAllMocks();
  return output;
}

/** How many files a build writes changes with each part that is added to the runtime. */
const withoutCounts = (text: string): string =>
  text.replaceAll(/^\d+ files? written.*$/gm, 'files written').trimEnd();

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), `${content}\n`);
}

describe('the tutorial', () => {
  it('does what it says, from its first file to its last span', async () => {
    const done: string[] = [];
    for (const [index, block] of blocks.entries()) {
      const file = files[index];
      const text = block.lines.join('\n');
      if (file === 'observability.yaml' && !text.includes('version: 1')) {
        const path = join(folder.path, file);
        const spec = readFileSync(path, 'utf8');
        expect(spec).toMatch(/^ {2}payments_total: .*$/m);
        writeFileSync(
          path,
          spec.replace(/^ {2}payments_total: .*$/m, (line) => `${line}\n${text}`),
        );
      } else if (file !== undefined) {
        write(file, text);
      }
      if (block.language !== 'console') continue;
      process.chdir(folder.path);
      for (const { typed, printed } of exchanges(block)) {
        const [command] = commandsOf(typed, block.line);
        const args = command === undefined ? undefined : obsGenArguments(command);
        if (args?.[0] === undefined || !walked.includes(args[0])) continue;
        const output = await printedBy(args);
        expect(withoutCounts(output), typed).toBe(withoutCounts(printed.join('\n')));
        done.push(args.join(' '));
      }
    }
    expect(done).toEqual(
      expect.arrayContaining(isLong ? ['validate', 'instrument --dry-run', 'instrument'] : ['validate']),
    );
  });
});
