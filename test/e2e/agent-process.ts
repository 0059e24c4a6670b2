import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

/** Where services write their audit trails: each to a file of its own, where they run beside each other. */
export const auditFolder = mkdtempSync(join(tmpdir(), 'obs-gen-audit-'));
afterAll(() => {
  rmSync(auditFolder, { recursive: true, force: true });
});

const distFolder = join(packageRoot, 'examples', 'agent', 'dist');
let compiledFolder = '';

/**
 * Compiles the example with the generated helpers that are checked in.
 * @param suite where test files run beside each other, one must not write the modules that another one's service is loading
 */
export function compileExample(suite: string): void {
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const folder = join(distFolder, suite);
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, '-p', join('examples', 'agent'), '--outDir', folder],
    { cwd: packageRoot, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the example does not compile:\n${stdout}`);
  compiledFolder = join(folder, 'examples', 'agent');
}

/** The environment of a child: nothing of this one's that would change what the example does. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:OTEL_|OBSGEN_|SENTRY_|OPENAI_|AGENT_|LOG_LEVEL$|NODE_OPTIONS$|NODE_ENV$|PORT$|HOST$|VITEST)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(inherited), OBSGEN_AUDIT_FILE: join(auditFolder, 'audit.jsonl'), ...extra };
}

/** A finished child. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file of the example to its end. */
export async function runExample(file: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [join(compiledFolder, file), ...args], {
    cwd: packageRoot,
    env: environment(patient),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A line of the service's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** On a busy machine the calculator, a program of its own, begins late, and tasks end late: no test is about that. */
const patient = { AGENT_TOOL_TIMEOUT_MS: '120000', AGENT_GRACE_MS: '120000' };

/** The service of the example as a process of its own. */
export class AgentProcess {
  readonly address: string;
  readonly log: LogLine[];
  /** Everything that it has written to standard output and standard error. */
  readonly written: () => string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string, log: LogLine[], written: () => string) {
    this.#child = child;
    this.address = address;
    this.log = log;
    this.written = written;
  }

  static async start(extra: Readonly<Record<string, string>> = {}): Promise<AgentProcess> {
    const child = spawn(process.execPath, [join(compiledFolder, 'serve.js')], {
      cwd: packageRoot,
      env: environment({ ...patient, LOG_LEVEL: 'debug', ...extra }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const log: LogLine[] = [];
    let rest = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => {
        reject(new Error(`the service ended at its start:\n${stderr}`));
      });
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const entry = JSON.parse(line) as LogLine;
          log.push(entry);
          if (entry.event === 'service.started') resolve(String(entry['address']));
        }
      });
    });
    return new AgentProcess(child, address, log, () => stdout + stderr);
  }

  /** Asks the service to stop; returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    const [code] = (await closed) as [number | null];
    return code;
  }
}
