import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page } from '../../scripts/docs-project.mjs';
import { helpTexts, pages } from '../../scripts/commands-doc.mjs';
import { writeProject } from '../../scripts/generate-docs.mjs';
import { commandLine } from '../../src/cli/run.js';
import { isLong } from '../support/long.js';
import { hasProgram } from '../support/program.js';
import { expectedExit, obsGenArguments, otherFault, parseFault, reasonNotToRun } from './kinds.js';
import { documents, fences, root, type Document } from './markdown.js';
import { commandsIn, commandsOf, type Command } from './shell.js';

/**
 * Every command in the documents: those of obs-gen are parsed, and those that can be are run, in a small project; those of other programs
 * are of a closed list of kinds. A command of no kind fails.
 */

const written = documents().filter(({ path }) => !path.startsWith('generated/'));

function commandsOfDocument({ text }: Document): readonly Command[] {
  return fences(text)
    .blocks.filter(({ language }) => language === 'sh' || language === 'console')
    .flatMap(commandsIn);
}

const withCommands = written
  .map((document) => ({ path: document.path, commands: commandsOfDocument(document) }))
  .filter(({ commands }) => commands.length > 0);

/** What is wrong with the commands of a document, each with its line. */
async function faultsOf(commands: readonly Command[]): Promise<string[]> {
  const faults: string[] = [];
  for (const command of commands) {
    const args = obsGenArguments(command);
    const fault = args === undefined ? otherFault(command) : await parseFault(args);
    if (fault !== undefined) faults.push(`line ${command.line}: ${command.source.trim()}: ${fault}`);
  }
  return faults;
}

describe('the commands of the documents', () => {
  it('are there', () => {
    expect(withCommands.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'docs/build.md', 'docs/tutorial.md', 'docs/validate.md']),
    );
  });

  it.each(withCommands)('of $path are understood', async ({ commands }) => {
    expect(await faultsOf(commands)).toEqual([]);
  });

  it('stand in blocks of `sh` or `console`', () => {
    const others = written.flatMap(({ path, text }) =>
      fences(text)
        .blocks.filter(({ language, lines }) => {
          const isShell = ['bash', 'shell', 'zsh', 'shell-session'].includes(language);
          return isShell || (language === '' && lines.some((line) => /^\$ |^(?:npx )?obs-gen /.test(line)));
        })
        .map(({ line }) => `${path}:${line}`),
    );
    expect(others).toEqual([]);
  });

  it.each([
    ['npx obs-gen biuld', /unknown command/],
    ['npx obs-gen build --chek', /unknown option/],
    ['npx obs-gen build --format xml', /xml/],
    ['npx obs-gen diff', /needs an argument/],
    ['obs-gen explain A B', /B/],
    ['npm run no-such-script', /no script no-such-script/],
    ['node scripts/no-such-file.mjs', /no scripts\/no-such-file\.mjs/],
    ['curl -s https://example.com/page', /not on this machine/],
    ['rm -rf generated', /in no list/],
  ])('are refused where they are wrong: %s', async (line, message) => {
    const faults = await faultsOf(commandsOf(line, 1));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
  });

  it('are split as a shell splits them', () => {
    const [first, second] = commandsOf(
      `A=1 curl -s "http://localhost:1/x y" | obs-gen live-check - > 'f g' # not this`,
      3,
    );
    expect(first).toMatchObject({ words: ['curl', '-s', 'http://localhost:1/x y'], environment: { A: '1' } });
    expect(second).toMatchObject({
      words: ['obs-gen', 'live-check', '-'],
      redirections: ['f g'],
      isPiped: true,
    });
    const block = {
      language: 'console',
      line: 5,
      lines: ['$ npx obs-gen \\', '  build', 'written', '$ cd x'],
    };
    expect(commandsIn(block).map(({ words }) => words)).toEqual([
      ['npx', 'obs-gen', 'build'],
      ['cd', 'x'],
    ]);
  });
});

const help = helpTexts(commandLine);

describe('options that prose names', () => {
  it('are options of those commands', async () => {
    const texts = await help;
    const faults = written.flatMap(({ path, text }) =>
      fences(text).prose.flatMap((line, index) =>
        [...line.matchAll(/`(?:npx )?obs-gen ([^`]*)`/g)].flatMap(([code, words = '']) => {
          const [name = '', inner = ''] = words.split(' ');
          if (!/^[a-z][a-z-]*$/.test(name)) return [];
          const known = texts.get(`${name} ${inner}`) ?? texts.get(name);
          if (known === undefined) return [`${path}:${index + 1}: ${code}`];
          const [own = ''] = words.split(' -- ');
          const options = [...own.matchAll(/(?<=^| )--[a-z][a-z-]*/g)].map(([option]) => option);
          const unknown = options.filter((option) => !new RegExp(`^ +${option}\\b`, 'm').test(known));
          return unknown.length === 0 ? [] : [`${path}:${index + 1}: ${code}`];
        }),
      ),
    );
    expect(faults).toEqual([]);
  });

  it('has a page for every command, with a block that uses it', async () => {
    const names = [...(await help).keys()].filter((name) => !name.includes(' '));
    expect(Object.keys(pages).sort()).toEqual([...names].sort());
    const used = names.filter((name) => {
      const path = `docs/${(pages[name] ?? '').replace(/#.*/, '')}`;
      const document = withCommands.find((each) => each.path === path);
      return document?.commands.some((command) => obsGenArguments(command)?.[0] === name) === true;
    });
    // What editors and coding agents start themselves stands in their settings.
    expect(names.filter((name) => !used.includes(name))).toEqual(['lsp', 'mcp']);
  });
});

/** A line of a document, as a whole, where all of its commands can be run. */
interface Line {
  readonly path: string;
  readonly source: string;
  readonly exit: number;
}

function runnable({ path, commands }: (typeof withCommands)[number]): Line[] {
  const lines = new Map(commands.map(({ line, source }) => [line, source]));
  return [...lines].flatMap(([line, source]) => {
    const own = commands.filter((command) => command.line === line);
    const last = own.at(-1);
    const args = last === undefined ? undefined : obsGenArguments(last);
    const others = own.filter((command) => obsGenArguments(command) === undefined);
    if (args === undefined || others.some(({ words }) => words[0] !== 'curl')) return [];
    if (own.some((command) => reasonNotToRun(obsGenArguments(command) ?? []) !== undefined)) return [];
    if (args[0] === 'test' && !hasProgram('promtool')) return [];
    return [{ path, source, exit: expectedExit(args) }];
  });
}

/** The tutorial goes through a project of its own: test/docs/tutorial.test.ts. */
const runDocuments = withCommands
  .filter(({ path }) => /^docs\/(?!tutorial)/.test(path))
  .map((document) => ({ path: document.path, lines: runnable(document) }))
  .filter(({ lines }) => lines.length > 0);

const state: { base: string; server?: Server; port: number } = { base: '', port: 0 };

function shell(source: string, folder: string): Promise<{ code: number | null; output: string }> {
  const line = source
    .replaceAll(/(?:localhost|127\.0\.0\.1):(?:3000|9464)\b/g, `127.0.0.1:${state.port}`)
    .replaceAll(/127\.0\.0\.1:4318\b/g, '127.0.0.1:0')
    .replaceAll('~/', './home/');
  const child = spawn('bash', ['-c', line], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${join(state.base, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function withHistory(project: string): Promise<void> {
  git(project, 'init', '-q', '-b', 'main');
  const built = await shell('obs-gen build --quiet', project);
  if (built.code !== 0) throw new Error(built.output);
  git(project, 'add', '.');
  git(project, 'commit', '-q', '-m', 'A service');
  git(project, 'tag', 'v1.4');
  git(project, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(project, 'checkout', '-q', '-b', 'work');
  git(project, 'commit', '-q', '--allow-empty', '-m', 'Work');
}

beforeAll(async () => {
  state.base = mkdtempSync(join(tmpdir(), 'obs-gen-documents-'));
  const bin = join(state.base, 'bin');
  mkdirSync(bin);
  const main = join(root, 'dist/cli/main.js');
  for (const [name, shift] of [
    ['obs-gen', ''],
    ['npx', 'shift; '],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${shift}exec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const project = join(state.base, 'project');
  writeProject(project);
  mkdirSync(join(project, 'home/.config/fish/completions'), { recursive: true });
  // The few lines of the short run need neither output nor a history.
  if (isLong) await withHistory(project);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    response.end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.server = server;
  state.port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  state.server?.close();
  rmSync(state.base, { recursive: true, force: true });
});

describe('run in a project', () => {
  // A program takes half a second to start: the short run starts two that do little.
  const few = isLong
    ? runDocuments
    : runDocuments
        .filter(({ path }) => ['docs/presets.md', 'docs/validate.md'].includes(path))
        .map(({ path, lines }) => ({ path, lines: lines.slice(0, 1) }));

  it.each(few)('$path does what it says', async ({ path, lines }) => {
    const folder = join(state.base, path.replaceAll(/[^a-z]/g, '-'));
    cpSync(join(state.base, 'project'), folder, { recursive: true });
    for (const { source, exit } of lines) {
      const { code, output } = await shell(source, folder);
      expect(code, `${path}: ${source}\n${output}`).toBe(exit);
      // As between two steps of anybody's work: the codemod leaves files alone that are not committed.
      if (isLong) git(folder, 'add', '.');
      if (isLong) git(folder, 'commit', '-q', '--allow-empty', '-m', 'A step');
    }
  });

  it('says so where a command fails', async () => {
    const { code, output } = await shell(
      'obs-gen build --spec no-such-file.yaml',
      join(state.base, 'project'),
    );
    expect(code).toBe(2);
    expect(output).toContain('no-such-file.yaml');
  });
});
