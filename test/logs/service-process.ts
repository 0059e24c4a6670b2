import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

/** A service of `fixtures/service.mjs` in a process of its own. */
export function startService(
  runtime: string,
  mode: string,
  count: number,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const file = join(packageRoot, 'test', 'logs', 'fixtures', 'service.mjs');
  return spawn(process.execPath, [file, runtime, mode, String(count)], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a process wrote, and how it ended. */
export interface Ended {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Waits for the end of a process and reads all it wrote. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...end) => {
      resolve(end);
    });
  });
  return { lines: output.split('\n').filter((line) => line !== ''), errors, code, signal };
}

/** The numbers of the lines, in their order; throws where a line is no whole JSON object. */
export function numbersOf(lines: readonly string[]): unknown[] {
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === 'ticked')
    .map(({ number }) => number);
}
