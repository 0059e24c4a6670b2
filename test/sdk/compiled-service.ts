import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import ts from 'typescript';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { packageRoot } from '../../src/package-root.js';
import { modelOf } from '../support/model.js';

const spec = `
version: 1
service: { name: research-agent, namespace: agents }
labels:
  tool: { cap: 5, description: The tool. }
metrics:
  tool_calls_total: { type: counter, help: Tool calls., labels: [tool] }
spans:
  research.run: { kind: internal, description: One task. }
  tool.call: { kind: client, description: One call. }
logs:
  redact: { keys: [x_ticket], patterns: ['tick-[0-9]{6,12}'] }
`;

let compiled = 0;

/** A program of the tests beside the helpers, by name. */
export type Programs = Readonly<Record<string, string>>;

/** A service on disk: its generated helpers as ESM and CommonJS, below a folder that has the packages. */
export interface CompiledService {
  readonly folder: string;
  remove(): void;
}

/**
 * Compiles the helpers of a spec for processes of their own.
 * @param base the folder whose packages the service finds
 */
export function compileService(base: string, programs: Programs): CompiledService {
  const folder = join(base, 'dist', `service-${process.pid}-${(compiled += 1)}`);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const formats = { esm: ts.ModuleKind.ES2022, cjs: ts.ModuleKind.CommonJS };
  const files = typescriptHelpers.files(modelOf(spec));
  for (const [name, module] of Object.entries(formats)) {
    for (const { path, content } of files) {
      const { outputText } = ts.transpileModule(content, {
        compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
      });
      write(`${name}/${path.replace(/\.ts$/, '.js')}`, outputText);
    }
    write(`${name}/package.json`, JSON.stringify({ type: name === 'esm' ? 'module' : 'commonjs' }));
  }
  for (const [path, text] of Object.entries(programs)) write(path, text);
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the packages of the repository are found: SDK 2. */
export const sdk2 = join(packageRoot, 'test', '.out');

/** Where SDK 3 and its Node are, if they are installed. */
export const sdk3 = join(packageRoot, 'test', 'peers', 'otel-3');
export const node24: string = join(sdk3, 'node_modules', '.bin', 'node');

/** How a program has ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program; the variables of whoever runs the tests stay outside. */
export async function run(
  { folder }: CompiledService,
  args: readonly string[],
  more: {
    readonly node?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    /** Called at the first output. */
    readonly speaks?: (child: ChildProcess) => void;
  } = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL|OBSGEN|VITEST|NODE)_|^LOG_LEVEL$/.test(name),
  );
  const child = spawn(more.node ?? process.execPath, args, {
    cwd: more.cwd ?? folder,
    env: { ...Object.fromEntries(inherited), ...more.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (stdout === '') more.speaks?.(child);
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
