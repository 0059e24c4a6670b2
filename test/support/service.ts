import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { modelOf } from './model.js';

const root = resolve(import.meta.dirname, '../..');

/** Where a set of third-party packages is installed. */
export function peers(set: string): string {
  return join(root, 'test', 'peers', set, 'node_modules');
}

/** Whether a set of packages is missing; on CI it has been installed, and a test that needs it must fail. */
export function lacksPeers(set: string): boolean {
  return process.env['CI'] === undefined && !existsSync(peers(set));
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A service in a folder of its own: the helpers of a spec, the packages that it has installed, and its programs. */
export class Service {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'obs-gen-service-'));

  constructor(spec: string, sets: readonly string[]) {
    for (const { path, content } of typescriptHelpers.files(modelOf(spec))) {
      const { outputText } = ts.transpileModule(content, {
        compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
      });
      this.write(`generated/${path.replace(/\.ts$/, '.js')}`, outputText);
    }
    this.write('package.json', JSON.stringify({ type: 'module' }));
    for (const name of ['prom-client', '@opentelemetry']) this.link(join(root, 'node_modules', name), name);
    for (const set of sets) {
      for (const name of readdirSync(peers(set)).filter((each) => each === '@sentry'))
        this.link(join(peers(set), name), name);
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs a program to its end. */
  run(file: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Ended> {
    return new Promise((settle) => {
      const child = spawn(process.execPath, [...args, file], {
        cwd: this.folder,
        env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('close', (code, signal) => {
        settle({ code, signal, stdout, stderr });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private link(target: string, name: string): void {
    mkdirSync(dirname(join(this.folder, 'node_modules', name)), { recursive: true });
    symlinkSync(target, join(this.folder, 'node_modules', name));
  }
}
