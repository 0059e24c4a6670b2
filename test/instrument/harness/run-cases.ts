import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { isCommonJsFile, type Case } from './case-folder.js';
import { helpersOf } from './generated-helpers.js';
import type { Job, Order, Recording } from './runner.js';

/** What the behaviours of the cases recorded: as the code was, instrumented with no SDK, and instrumented with one. */
export interface Runs {
  readonly before: Readonly<Record<string, Recording>>;
  readonly after: Readonly<Record<string, Recording>>;
  readonly traced: Readonly<Record<string, Recording>>;
}

const repository = join(import.meta.dirname, '..', '..', '..');

/**
 * Compiles the cases, as they are and as they were instrumented, and runs the behaviours in three processes: real modules of Node, the
 * real runtime and the real SDK.
 */
export async function runCases(
  cases: readonly Case[],
  instrumented: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<Runs> {
  const root = mkdtempSync(join(tmpdir(), 'obs-gen-cases-'));
  try {
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    const writer = new Writer(root);
    writer.runner();
    const order = (tree: 'before' | 'after', traced: boolean): Order => ({
      jobs: cases.map((each) => writer.job(each, tree)),
      traced,
    });
    for (const each of cases) {
      writer.write(
        each,
        'before',
        new Map([...each.inputs].map(([path, bytes]) => [path, bytes.toString('utf8')])),
      );
      writer.write(each, 'after', instrumented.get(each.name) ?? new Map());
    }
    const [before, after, traced] = await Promise.all([
      run(root, 'before', order('before', false)),
      run(root, 'after', order('after', false)),
      run(root, 'traced', order('after', true)),
    ]);
    return { before, after, traced };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function run(root: string, name: string, order: Order): Promise<Record<string, Recording>> {
  const orders = join(root, `${name}.orders.json`);
  const results = join(root, `${name}.results.json`);
  writeFileSync(orders, JSON.stringify(order));
  const child = spawn(process.execPath, [join(root, 'runner', 'harness', 'runner.js'), orders, results], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    env: { ...process.env, OTEL_SDK_DISABLED: '', OTEL_NODE_RESOURCE_DETECTORS: 'none' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await new Promise((resolve) => child.once('close', resolve));
  try {
    return JSON.parse(readFileSync(results, 'utf8')) as Record<string, Recording>;
  } catch {
    throw new Error(`the process for ${name} ended without results:\n${output}`);
  }
}

type Format = 'esm' | 'cjs';

class Writer {
  readonly #root: string;
  readonly #written = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The program that runs the behaviours, and what it imports of the tests. */
  runner(): void {
    const test = join(repository, 'test');
    const files = [
      ['instrument/harness/runner.ts', 'runner/harness/runner.js'],
      ['instrument/harness/recording.ts', 'runner/harness/recording.js'],
      ['support/memory-tracing.ts', 'support/memory-tracing.js'],
    ] as const;
    this.#put('package.json', '{ "type": "module" }');
    for (const [from, to] of files)
      this.#put(to, compiled(readFileSync(join(test, from), 'utf8'), from, 'esm'));
  }

  job({ name }: Case, tree: string): Job {
    const folder = join(this.#root, tree, name);
    return { name, folder, file: join(folder, 'behaviour.js') };
  }

  write(given: Case, tree: string, texts: ReadonlyMap<string, string>): void {
    const { name, folder, spec } = given;
    const place = `${tree}/${name}`;
    this.#put(`${place}/package.json`, `{ "type": "${given.isCommonJs ? 'commonjs' : 'module'}" }`);
    const behaviour = readFileSync(join(folder, 'behaviour.ts'), 'utf8');
    for (const [path, text] of [...texts, ['behaviour.ts', behaviour] as const]) {
      const format = isCommonJsFile(given, path) ? 'cjs' : 'esm';
      this.#put(
        `${place}/${outputName(path)}`,
        withPaths(compiled(text, path, format, given.options), format),
      );
    }
    const isCommonJs = given.isCommonJs || [...texts.keys()].some((path) => path.endsWith('.cts'));
    const helpers = this.#helpers(spec, isCommonJs ? 'cjs' : 'esm');
    symlinkSync(helpers, join(this.#root, place, 'generated'));
  }

  /** The folder with a spec's helpers; the runtime is the same for all. */
  #helpers(spec: string, format: Format): string {
    const { id, files, runtime } = helpersOf(spec);
    const folder = `${format}/${id}`;
    if (!this.#written.has(folder)) {
      this.#written.add(folder);
      this.#put(`${format}/package.json`, `{ "type": "${format === 'cjs' ? 'commonjs' : 'module'}" }`);
      for (const { path, content } of files)
        this.#put(`${folder}/${outputName(path)}`, compiled(content, path, format));
      for (const { path, content } of runtime) {
        const target = `${format}/${outputName(path)}`;
        if (this.#written.has(target)) continue;
        this.#written.add(target);
        this.#put(target, compiled(content, path, format));
      }
      symlinkSync(join(this.#root, format, 'runtime'), join(this.#root, folder, 'runtime'));
    }
    return join(this.#root, folder);
  }

  #put(path: string, text: string): void {
    const target = join(this.#root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function outputName(path: string): string {
  return path.replace(/\.([cm]?)[jt]sx?$/, '.$1js');
}

function compiled(text: string, path: string, format: Format, options: ts.CompilerOptions = {}): string {
  // Plain JavaScript runs as it stands.
  if (/\.[cm]?js$/.test(path)) return text;
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      ...options,
      noEmit: false,
      declaration: false,
      allowImportingTsExtensions: false,
      module: format === 'cjs' ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
    },
  });
  return outputText;
}

/** Imports as Node wants them, where the compiler is content with less. */
function withPaths(text: string, format: Format): string {
  if (format === 'cjs') return text;
  return text
    .replaceAll(/(from|import) (["'])@\//g, '$1 $2./')
    .replaceAll(/(from|import) (["'])(\.{1,2}\/[\w/-]+)(?:\.ts)?\2/g, '$1 $2$3.js$2');
}
