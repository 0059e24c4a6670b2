import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath, URL } from 'node:url';

/** How long the service may take to end; Kubernetes gives it 30 s. */
const endMs = 30_000;

/** The example's service as a process of its own, with a channel for questions. */
export class Service {
  #child;
  #asked = new Map();
  #count = 0;
  #folder;
  stderr = '';
  logLines = 0;

  static async start({ root, entry, env, sentry }) {
    const made = new Service();
    made.#folder = mkdtempSync(join(tmpdir(), 'obs-gen-soak-'));
    const inherited = Object.entries(process.env).filter(
      ([name]) =>
        !/^(?:OTEL_|OBSGEN_|SENTRY_|OPENAI_|AGENT_|SOAK_|LOG_LEVEL$|NODE_OPTIONS$|NODE_ENV$|PORT$|HOST$)/.test(
          name,
        ),
    );
    const preload = fileURLToPath(new URL('./preload.mjs', import.meta.url));
    made.#child = spawn(process.execPath, ['--expose-gc', '--import', preload, entry], {
      cwd: root,
      env: {
        ...Object.fromEntries(inherited),
        LOG_LEVEL: 'info',
        OBSGEN_AUDIT_FILE: join(made.#folder, 'audit.jsonl'),
        ...(sentry === undefined ? {} : { SOAK_SENTRY: sentry }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    process.once('exit', () => made.kill());
    await made.#listening();
    return made;
  }

  /** Asks the preloaded module: `sample`, `reset`, `clock`. */
  ask(question) {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, resolve);
      this.#child.send({ ...question, id }, (error) => {
        if (error) reject(error);
      });
    });
  }

  async stats() {
    return (await globalThis.fetch(`${this.address}/stats`)).json();
  }

  /** Tells the service to end, and how it did. */
  async stop() {
    const before = performance.now();
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.kill(), endMs);
    const [code, signal] = await closed;
    clearTimeout(kill);
    return {
      code,
      signal,
      seconds: (performance.now() - before) / 1000,
      stderr: this.stderr,
      lines: this.logLines,
    };
  }

  kill() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #listening() {
    const child = this.#child;
    child.on('message', ({ id, answer }) => {
      this.#asked.get(id)?.(answer);
      this.#asked.delete(id);
    });
    child.stderr.on('data', (chunk) => (this.stderr = `${this.stderr}${chunk}`.slice(-8000)));
    let rest = '';
    this.address = await new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`the service ended at its start:\n${this.stderr}`)));
      child.stdout.on('data', (chunk) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop();
        this.logLines += lines.length;
        const started = lines.find((line) => line.includes('"service.started"'));
        if (started !== undefined) resolve(JSON.parse(started).address);
      });
    });
  }
}
