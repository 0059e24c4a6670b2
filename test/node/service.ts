import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { packageRoot } from '../../src/package-root.js';
import { modelOf } from '../support/model.js';

/** How a program is run. */
export interface RunOptions {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** What is left of a program that has ended. */
export interface Run {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with the helpers of a spec as ES modules (`esm`) and as CommonJS (`cjs`), in which programs run as processes of their own. */
export class Service {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'obs-gen-service-'));

  constructor(spec: string) {
    mkdirSync(join(this.folder, 'node_modules', '@opentelemetry'), { recursive: true });
    for (const name of ['prom-client', '@opentelemetry/api']) {
      symlinkSync(join(packageRoot, 'node_modules', name), join(this.folder, 'node_modules', name));
    }
    const files = typescriptHelpers.files(modelOf(spec));
    const formats = { esm: ts.ModuleKind.ES2022, cjs: ts.ModuleKind.CommonJS };
    for (const [name, module] of Object.entries(formats)) {
      for (const { path, content } of files) {
        const { outputText } = ts.transpileModule(content, {
          compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
        });
        this.write(`${name}/${path.replace(/\.ts$/, '.js')}`, outputText);
      }
      this.write(`${name}/package.json`, JSON.stringify({ type: name === 'esm' ? 'module' : 'commonjs' }));
    }
  }

  /** Writes a file into the folder; returns where it lies. */
  write(path: string, text: string): string {
    const place = join(this.folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    return place;
  }

  /** Runs an ES module to its end. */
  run(program: string, { flags = [], environment = {} }: RunOptions = {}): Run {
    this.write('program.mjs', program);
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(?:OTEL_|OBSGEN_|LOG_LEVEL$|NODE_OPTIONS$|VITEST)/.test(name),
    );
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, 'program.mjs'], {
      cwd: this.folder,
      env: { ...Object.fromEntries(inherited), ...environment },
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { status, signal, stdout, stderr };
  }

  /** Runs a program that prints one line of JSON and has no errors. */
  json(program: string, options?: RunOptions): unknown {
    const { status, signal, stdout, stderr } = this.run(program, options);
    if (status !== 0 || stderr !== '')
      throw new Error(`the program ended with ${String(status ?? signal)}:\n${stderr}`);
    return JSON.parse(stdout);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
