import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import ts from 'typescript';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import * as decoratorsRuntime from '../../src/runtime/decorators/index.js';
import * as runtime from '../../src/runtime/index.js';
import * as instrumentRuntime from '../../src/runtime/instrument/index.js';
import { modelOf } from './model.js';

/*
 * Two ways to run code that was instrumented, with the helpers of a spec and the runtime behind them:
 *
 * - `loadInstrumented(spec, files)` runs it in this process, on the runtime that the tests import: quick, for tests that look at functions.
 *   Start the SDK in memory with `startSdk(memoryProcessor())` of ./memory-tracing.js (or `useTracing()` of ../agents/tracing.js).
 *   Everything is compiled to CommonJS there, where the line `(run as unknown) = traceFunction(…)` does not reach what the file exports:
 *   files that have it belong into the other way.
 * - `InstrumentedProgram` runs it in a process of its own, compiled to a folder as a service would be, and returns what it has written,
 *   how it has ended, and its spans: for tests of modules, unhandled rejections, exit codes and stack traces.
 *
 * The files import the generated module from `./generated/instrument.js`, relative to the folder of `files`. The spec needs an `instrument`
 * section (`instrument: {}` will do), or that file is not written.
 */

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** A small spec with a span for each thing that inserted code can do; `x` takes any attributes that tests need. */
export const smallSpec = `version: 1
service: { name: instrumented }
instrument: {}
labels:
  kind: { description: Kind., cap: 20 }
  outcome: { description: How it ended., values: [done, unknown, error] }
  finish: { description: Why it stopped., values: [stop, length] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [kind] }
  plain_total: { type: counter, help: Calls without labels. }
  call_seconds: { type: histogram, help: Time., buckets: [1, 2], labels: [kind] }
  outcomes_total: { type: counter, help: How calls ended., labels: [kind, outcome] }
  finishes_total: { type: counter, help: Why they stopped., labels: [finish] }
logs:
  events:
    call.ended: { message: call ended, fields: { kind: string, size: int } }
    tick: { message: tick }
spans:
  x: { kind: internal, attributes: { text: { type: string }, size: { type: int }, flag: { type: boolean }, data: { type: json } } }
  y: { kind: internal, attributes: { text: { type: string } } }
  bare: { kind: internal }
`;

export type Exports = Readonly<Record<string, never>>;

/** Compiles one TypeScript file, as a service's own compiler would without types. */
export function transpiled(text: string, fileName: string, options: ts.CompilerOptions = {}): string {
  return ts.transpileModule(text, {
    fileName,
    compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022, ...options },
  }).outputText;
}

/**
 * Runs files in this process, on the runtime that the tests import.
 * @param files TypeScript by path, `main.ts`; the first of them is run, and the others as it imports them
 * @returns what the first file exports, and the exports of the generated files by name
 */
export function loadInstrumented(
  spec: string,
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): { readonly exports: Exports; readonly generated: (name: string) => Exports } {
  const known = new Map<string, object>([
    ['generated/runtime/index.js', runtime],
    ['generated/runtime/decorators/index.js', decoratorsRuntime],
    ['generated/runtime/instrument/index.js', instrumentRuntime],
  ]);
  const sources = new Map(
    typescriptHelpers
      .files(modelOf(spec))
      .filter(({ path }) => !path.startsWith('runtime/'))
      .map(({ path, content }) => [`generated/${path}`, content]),
  );
  for (const [path, text] of Object.entries(files)) sources.set(path, text);
  const load = (path: string, fileOptions: ts.CompilerOptions): object => {
    const script = path.replace(/\.([cm]?)tsx?$/, '.$1js');
    const found = known.get(script);
    if (found !== undefined) return found;
    const typed = [path, ...['.ts', '.tsx'].map((extension) => path.replace(/\.js$/, extension))];
    const source = typed.find((each) => sources.has(each));
    if (source === undefined) throw new Error(`no file ${path}`);
    const exported = {};
    known.set(script, exported);
    const text = transpiled(sources.get(source) ?? '', source, {
      ...fileOptions,
      module: ts.ModuleKind.CommonJS,
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the compiler wrote
    const run = new Function('require', 'exports', text) as (require: unknown, exports: object) => void;
    run((name: string): unknown => {
      if (!name.startsWith('.')) return require(name) as unknown;
      const to = posix.join(posix.dirname(source), name);
      return load(to, to.startsWith('generated/') ? {} : options);
    }, exported);
    return exported;
  };
  const [first = ''] = Object.keys(files);
  return {
    exports: load(first, options) as Exports,
    generated: (name) => load(`generated/${name}.ts`, {}) as Exports,
  };
}

/** A span as a program in a process of its own tells it. */
export interface ToldSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

/** How a program has ended. */
export interface EndedProgram {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** In the order in which they ended. */
  readonly spans: readonly ToldSpan[];
}

/** Begins before the program: the SDK with all spans in memory, which are told at the end of the process. */
const before = `import { SpanStatusCode } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { writeSync } from 'node:fs';
const spans = [];
new NodeSDK({
  spanProcessors: [{
    onStart() {},
    onEnd(span) {
      spans.push({
        name: span.name,
        spanId: span.spanContext().spanId,
        parentSpanId: span.parentSpanContext?.spanId ?? null,
        attributes: span.attributes,
        isError: span.status.code === SpanStatusCode.ERROR,
      });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }],
  metricReaders: [],
  logRecordProcessors: [],
  autoDetectResources: false,
}).start();
process.on('exit', () => {
  writeSync(3, JSON.stringify(spans));
});
`;

const compiled = new Map<string, ReadonlyMap<string, string>>();

/** The generated files of a spec, compiled once for all programs that have them. */
function compiledHelpers(spec: string, isCommonJs: boolean): ReadonlyMap<string, string> {
  const key = `${String(isCommonJs)} ${spec}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const options = { module: isCommonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ES2022 };
  const texts = new Map(
    typescriptHelpers
      .files(modelOf(spec))
      .map(({ path, content }) => [
        `generated/${path.replace(/\.ts$/, '.js')}`,
        transpiled(content, path, options),
      ]),
  );
  compiled.set(key, texts);
  return texts;
}

/** A program in a folder of its own, with the helpers of a spec in `generated/`. Remove it when the test has ended. */
export class InstrumentedProgram {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'obs-gen-instrumented-'));
  private readonly options: ts.CompilerOptions;

  /** @param options of the compiler; `module: CommonJS` makes it a CommonJS program */
  constructor(spec: string = smallSpec, options: ts.CompilerOptions = {}) {
    this.options = options;
    const isCommonJs = options.module === ts.ModuleKind.CommonJS;
    this.put('package.json', JSON.stringify({ type: isCommonJs ? 'commonjs' : 'module' }));
    this.put('before.mjs', before);
    for (const [path, text] of compiledHelpers(spec, isCommonJs)) this.put(path, text);
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules, { recursive: true });
    for (const name of ['prom-client', '@opentelemetry'])
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }

  /** Writes a file of the program, compiled where it is TypeScript. */
  write(path: string, text: string): void {
    if (!/\.[cm]?tsx?$/.test(path)) this.put(path, text);
    else this.put(path.replace(/\.([cm]?)tsx?$/, '.$1js'), transpiled(text, path, this.options));
  }

  /** Runs a file to its end: `run('main.js')`. */
  run(file: string, env: Readonly<Record<string, string>> = {}): Promise<EndedProgram> {
    return new Promise((settle) => {
      const child = spawn(process.execPath, ['--import', './before.mjs', file], {
        cwd: this.folder,
        env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        timeout: 60_000,
        killSignal: 'SIGKILL',
      });
      let stdout = '';
      let stderr = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      let told = '';
      child.stdio[3]?.on('data', (text: Buffer) => (told += text.toString()));
      child.on('close', (code) => {
        settle({ code, stdout, stderr, spans: JSON.parse(told === '' ? '[]' : told) as ToldSpan[] });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private put(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }
}
