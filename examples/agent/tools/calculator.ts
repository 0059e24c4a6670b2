import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { agents, correlation } from '../../../generated/index.js';
import type { Tool } from './tool.js';

const script = fileURLToPath(new URL('../sandbox/calculate.js', import.meta.url));
const sandbox = agents.sandbox('node');
const run = promisify(execFile);

/** What the process may do: read files, since it has to load its modules. No writing, no processes of its own, little memory. */
const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';
const limits = [permission, '--allow-fs-read=*', '--max-old-space-size=64', '--no-warnings'];

/** Longest time that an expression may take, in milliseconds. */
const timeoutMs = 10_000;

/** Arithmetic, without eval, in a process of its own. */
export const calculator: Tool = {
  name: 'calculator',
  description: 'Evaluates an arithmetic expression with + - * / ^ % and parentheses.',
  parameters: {
    type: 'object',
    properties: { expression: { type: 'string', description: 'For example (17% * 2340) + 5.' } },
    required: ['expression'],
  },
  execute: ({ expression }, signal) => calculate(String(expression), signal),
};

/** The value of an expression, as text. Rejects where it is none, and with the signal's reason where that fires. */
export async function calculate(expression: string, signal: AbortSignal): Promise<string> {
  const work = run(process.execPath, [...limits, script, expression], {
    env: correlation.childEnvironment(variables()),
    signal,
    timeout: timeoutMs,
    maxBuffer: 10_000,
  });
  try {
    return (await sandbox.exec(() => work)).stdout;
  } catch (error) {
    signal.throwIfAborted();
    const { stdout } = error as { readonly stdout?: string };
    throw new Error(stdout !== undefined && stdout !== '' ? stdout : 'the calculator failed', {
      cause: error,
    });
  }
}

/** Where the telemetry of the child goes, and nothing else of this process: not the key of the model API. */
function variables(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => /^(?:OTEL_|OBSGEN_CAPTURE_|NODE_ENV$)/.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
